using Marten;
using Marten.Services;
using Npgsql;

namespace Ledger.Host.Cli;

/// <summary>Keeps Marten from writing to the terminal, which belongs to the verb's answer.</summary>
internal sealed class SilentLogger : IMartenLogger, IMartenSessionLogger
{
    public IMartenSessionLogger StartSession(IQuerySession session) => this;

    public void SchemaChange(string sql)
    {
        // The verb says what it does.
    }

    public void LogSuccess(NpgsqlCommand command)
    {
        // Nothing to say.
    }

    public void LogFailure(NpgsqlCommand command, Exception ex)
    {
        // The exception reaches the verb.
    }

    public void LogSuccess(NpgsqlBatch batch)
    {
        // Nothing to say.
    }

    public void LogFailure(NpgsqlBatch batch, Exception ex)
    {
        // The exception reaches the verb.
    }

    public void LogFailure(Exception ex, string message)
    {
        // The exception reaches the verb.
    }

    public void RecordSavedChanges(IDocumentSession session, IChangeSet commit)
    {
        // Nothing to say.
    }

    public void OnBeforeExecute(NpgsqlCommand command)
    {
        // Nothing to say.
    }

    public void OnBeforeExecute(NpgsqlBatch batch)
    {
        // Nothing to say.
    }
}
