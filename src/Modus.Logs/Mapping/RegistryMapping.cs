namespace Modus.Logs.Mapping;

/// <summary>The fields in which a shape tells of registry values, from which <see cref="RegistryNames"/> makes what Sysmon writes.</summary>
/// <param name="Key">The field with the key's path, or with the path of key and value.</param>
/// <param name="Value">The field with the value's name; null where <paramref name="Key"/> holds it too.</param>
/// <param name="Type">The field with the type of the value.</param>
/// <param name="Data">The field with the value's data.</param>
/// <param name="Needs">The field that only records of the registry have.</param>
internal sealed record RegistryMapping(string Key, string? Value, string Type, string Data, string Needs);
