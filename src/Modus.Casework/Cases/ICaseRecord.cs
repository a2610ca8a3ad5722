using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>What every record of a case has: an id, its case, the version it was read at, and a JSON form.</summary>
public interface ICaseRecord
{
    /// <summary>Its id, unique in its kind.</summary>
    string Id { get; }

    /// <summary>The case it belongs to; of a case, its own id.</summary>
    string CaseId { get; }

    /// <summary>The version it was read at; 0 for a record that is not stored yet. Not part of the JSON form.</summary>
    long Version { get; init; }

    /// <summary>What it is; one of <see cref="ItemKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Writes its members; the caller opens and closes the object. Members with nothing in them are left out.</summary>
    void Write(Utf8JsonWriter json);
}

/// <summary>A record that can be read back.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface ICaseRecord<TSelf> : ICaseRecord
    where TSelf : ICaseRecord<TSelf>
{
    /// <summary>What records of this type are; one of <see cref="ItemKinds"/>.</summary>
    static abstract string KindName { get; }

    /// <summary>Reads a stored item.</summary>
    /// <param name="body">Its content.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="CaseFormatException">A member is not of its type.</exception>
    static abstract TSelf Read(JsonElement body, string id, long version);
}

/// <summary>The content of a stored or imported record is not what it has to be.</summary>
public sealed class CaseFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public CaseFormatException(string message) : base(message) { }

    /// <summary>Says what is wrong, and why that was noticed.</summary>
    public CaseFormatException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Says nothing; use one of the others.</summary>
    public CaseFormatException() { }
}
