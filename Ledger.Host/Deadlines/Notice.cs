using Ledger.Domain.Obligations;

namespace Ledger.Host.Deadlines;

/// <summary>
/// A notice that was raised. Not a projection: that it was raised, and what it said then, is a fact of its own, which a
/// rebuild of the read models leaves alone and a later correction does not take back.
/// </summary>
/// <param name="Id">What makes it one notice (<see cref="DueNotice.Id"/>): the database refuses a second one.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Obligation">What is to be filed.</param>
/// <param name="Unit">The unit that must file.</param>
/// <param name="Lawsuit">The lawsuit's key.</param>
/// <param name="CaseNo">The case number that the instance bore when the notice was raised.</param>
/// <param name="DueOn">The due day.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="Text">What it says, Chinese.</param>
/// <param name="TextEn">What it says, English.</param>
public sealed record Notice(
    string Id,
    NoticeKind Kind,
    ObligationKind Obligation,
    string Unit,
    string Lawsuit,
    string CaseNo,
    DateOnly DueOn,
    DateTimeOffset RaisedAt,
    string Text,
    string TextEn);

/// <summary>A notice as recorded for one recipient; the channels that deliver it start from here.</summary>
/// <param name="Id">The notice's id and the recipient: one entry for each.</param>
/// <param name="Notice">The notice's id.</param>
/// <param name="Recipient">The recipient's unit key.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record NoticeEntry(string Id, string Notice, string Recipient, DateTimeOffset RecordedAt);
