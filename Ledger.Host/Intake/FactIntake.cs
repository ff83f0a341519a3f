using JasperFx;
using JasperFx.Events;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Projections.Store;
using Marten;
using Npgsql;

namespace Ledger.Host.Intake;

/// <summary>
/// The one path by which a single fact enters the ledger, whoever sends it. It loads, asks the domain, appends; it holds no
/// rule. Everything that a rule reads is read under the stream's lock in the transaction that appends, and what two writers
/// can collide on is unique in the database: the loser starts over, so that the state decides and not the race.
/// </summary>
public sealed class FactIntake(IDocumentStore store, PositionMarker marker, Reproduction reproduction, TimeProvider clock)
{
    // A collision means that somebody else got through, so each try has a new state to decide on.
    private const int Tries = 12;

    // A connection that broke is tried again on another one; a database that stays away is the caller's to know.
    private const int BrokenTries = 4;

    /// <summary>Records a fact, or says why not.</summary>
    public async Task<Receipt> RecordAsync(RecordFact command, CancellationToken cancellation = default)
    {
        if (await reproduction.CheckAsync(command.Subject, command.Fact, cancellation) is { } differs)
            return new Receipt(command.Subject.ToString(), 0, command.Id.ToEventId(), false, 0, differs);
        return await DecideAsync(command, dryRun: false, cancellation);
    }

    /// <summary>Why the fact would be refused now; null when it would be recorded. Records nothing.</summary>
    public async Task<Refusal?> WhyNotAsync(RecordFact command, CancellationToken cancellation = default) =>
        await reproduction.CheckAsync(command.Subject, command.Fact, cancellation) ?? (await DecideAsync(command, dryRun: true, cancellation)).Refusal;

    private async Task<Receipt> DecideAsync(RecordFact command, bool dryRun, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var receipt = await TryAsync(command, dryRun, cancellation);
                return dryRun ? receipt : receipt with { Position = (await marker.AdvanceAsync(cancellation)).Position };
            }
            catch (Exception e) when (attempt < BrokenTries && IsBroken(e))
            {
                // Whether it was committed is not known; the fact's id makes saying it again harmless.
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellation);
            }
            catch (Exception e) when (IsCollision(e))
            {
                if (attempt == Tries) return await ConflictAsync(command, cancellation);
                // Real time, not the ledger's: two losers must not keep step with each other.
                await Task.Delay(TimeSpan.FromMilliseconds(attempt), cancellation);
            }
        }
    }

    private async Task<Receipt> TryAsync(RecordFact command, bool dryRun, CancellationToken cancellation)
    {
        var subject = command.Subject.ToString();
        await using var session = store.LightweightSession();
        session.LastModifiedBy = command.Actor;
        await session.BeginTransactionAsync(cancellation);
        var (stream, registers) = await StreamReading.ReadAsync(session.Connection!, command, cancellation);
        var (version, admission) = stream;

        var decision = registers.Importing is { } reserved
            ? Decision.Refuse(Refusal.Of(Codes.ImportInProgress, reserved))
            : command.ExpectedVersion is { } expected && expected != version
                ? Decision.Refuse(Refusal.Of(Codes.StreamConflict, subject, version))
                : registers.Elsewhere is { } other
                    ? Decision.Refuse(Refusal.Of(Codes.Conflict, other))
                    : admission.Admit(command.Id, command.Fact, registers.Context(clock.Today()));
        if (dryRun || decision.Fact is not { } fact)
            return new Receipt(subject, version, command.Id.ToEventId(), decision.Refusal is null, 0, decision.Refusal);

        var before = admission.CaseNumbers;
        admission.Append(new Recorded(admission.LastSequence + 1, command.Id, fact));
        if (version == 0) session.Events.StartStream(StreamHistories.TypeOf(command.Subject.Kind), subject, EventOf(session, command));
        else session.Events.Append(subject, version + 1, EventOf(session, command));
        Registers.Queue(session, command.Subject, fact, before, admission);
        await session.SaveChangesAsync(cancellation);
        return new Receipt(subject, version + 1, command.Id.ToEventId(), false, 0, null);
    }

    private static IEvent EventOf(IDocumentSession session, RecordFact command)
    {
        var e = session.Events.BuildEvent(command.Fact);
        e.Id = command.Id.ToEventId();
        e.UserName = command.Actor;
        e.SetHeader(FactEvents.Source, command.Id.Source);
        e.SetHeader(FactEvents.Id, command.Id.Id);
        if (command.Time is { } time) e.SetHeader(FactEvents.Time, time.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        if (command.Clause is { } clause) e.SetHeader(FactEvents.Clause, clause);
        return e;
    }

    private async Task<Receipt> ConflictAsync(RecordFact command, CancellationToken cancellation)
    {
        var subject = command.Subject.ToString();
        await using var session = store.QuerySession();
        var version = (await session.Events.FetchStreamStateAsync(subject, cancellation))?.Version ?? 0;
        return new Receipt(subject, version, command.Id.ToEventId(), false, 0, Refusal.Of(Codes.StreamConflict, subject, version));
    }

    private static bool IsBroken(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        NpgsqlException { InnerException: IOException } or Marten.Exceptions.SessionTransactionUnusableException => true,
        _ => e.InnerException is { } inner && IsBroken(inner),
    };

    // A lost race for a version, a new stream, an event id, a case number or a unit; or a deadlock between two such.
    private static bool IsCollision(Exception e) => e switch
    {
        ConcurrencyException or Marten.Exceptions.ExistingStreamIdCollisionException or Marten.Exceptions.StreamLockedException => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        _ => e.InnerException is { } inner && IsCollision(inner),
    };
}
