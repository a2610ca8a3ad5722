using Modus.Attack.Images;

namespace Modus.Attack.Diff;

/// <summary>How two values of a field relate.</summary>
internal enum Likeness
{
    Same,
    OtherOrder,
    Different,
}

/// <summary>Compares single fields of two rows without making strings of what is equal.</summary>
internal sealed class FieldComparison(Image before, Image after)
{
    public Likeness Compare(Field field, int rowBefore, int rowAfter)
    {
        if ((before.Cell(rowBefore, field.Column) | after.Cell(rowAfter, field.Column)) == 0) return Likeness.Same;
        if (field.Form == FieldForm.Text)
            return before.Bytes(rowBefore, field.Column).SequenceEqual(after.Bytes(rowAfter, field.Column)) ? Likeness.Same : Likeness.Different;
        var left = before.List(rowBefore, field.Column);
        var right = after.List(rowAfter, field.Column);
        if (left.Length == right.Length)
        {
            var at = 0;
            while (at < left.Length && before.Bytes(left[at]).SequenceEqual(after.Bytes(right[at]))) at++;
            if (at == left.Length) return Likeness.Same;
        }
        if (field.Form == FieldForm.Sequence) return Likeness.Different;
        var (removed, added) = Items(field, rowBefore, rowAfter);
        return removed.Count + added.Count == 0 ? Likeness.OtherOrder : Likeness.Different;
    }

    public bool IsEmptyBefore(Field field, int row) => IsEmpty(before, field, row);

    public bool IsEmptyAfter(Field field, int row) => IsEmpty(after, field, row);

    /// <summary>The change as a person reads it.</summary>
    public PropertyChange Describe(Field field, int rowBefore, int rowAfter)
    {
        if (field.Form == FieldForm.Text)
            return new PropertyChange(field.Name, before.String(rowBefore, field.Column) ?? "", after.String(rowAfter, field.Column) ?? "", [], []);
        if (field.Form == FieldForm.Sequence)
            return new PropertyChange(field.Name, string.Join(", ", Each(before, field, rowBefore)), string.Join(", ", Each(after, field, rowAfter)), [], []);
        var (removed, added) = Items(field, rowBefore, rowAfter);
        return new PropertyChange(field.Name, null, null, removed, added);
    }

    private (List<string> Removed, List<string> Added) Items(Field field, int rowBefore, int rowAfter)
    {
        var left = Each(before, field, rowBefore).ToHashSet(StringComparer.Ordinal);
        var right = Each(after, field, rowAfter).ToHashSet(StringComparer.Ordinal);
        return ([.. left.Where(item => !right.Contains(item)).Order(StringComparer.Ordinal)], [.. right.Where(item => !left.Contains(item)).Order(StringComparer.Ordinal)]);
    }

    private static List<string> Each(Image image, Field field, int row)
    {
        var cells = image.List(row, field.Column);
        var items = new List<string>(cells.Length / field.Width);
        for (var at = 0; at + field.Width <= cells.Length; at += field.Width)
        {
            var item = image.String(cells[at]) ?? "";
            for (var part = 1; part < field.Width; part++)
                if (image.String(cells[at + part]) is { Length: > 0 } text) item += " · " + text;
            items.Add(item);
        }
        return items;
    }

    private static bool IsEmpty(Image image, Field field, int row) => image.Cell(row, field.Column) == 0 ||
        (field.Form == FieldForm.Text ? image.Bytes(row, field.Column).IsEmpty : image.List(row, field.Column).IsEmpty);
}
