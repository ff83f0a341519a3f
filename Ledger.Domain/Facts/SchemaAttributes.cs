namespace Ledger.Domain.Facts;

/// <summary>The member is the key of a stream and must be of its alphabet (facts.md §1).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StreamKeyAttribute : Attribute;

/// <summary>The member is a period: <c>2023</c>, <c>2023Q1</c> or <c>2023-04</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PeriodAttribute : Attribute;

/// <summary>The member is the SHA-256, in hexadecimal, of a document that the ledger keeps or is to be handed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Sha256Attribute : Attribute;

/// <summary>The member is the SHA-256, in hexadecimal, of something that is no document of the ledger.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DigestAttribute : Attribute;

/// <summary>The member is personal data: read unmasked only by roles that need it, never logged.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;

/// <summary>
/// The member names the person who acts. Over HTTP it is the authenticated person: filled in when it is left out, refused
/// when it names somebody else (<c>actor.not-caller</c>). In a file it is what the source says.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ActingPersonAttribute : Attribute;
