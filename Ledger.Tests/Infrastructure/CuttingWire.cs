using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// The wire between a process and PostgreSQL, which counts what the process asks and is cut once: before a request, which then
/// never arrives, or after it was carried out, before its answer. From then on the wire is dead, as is a process that was killed.
/// </summary>
public sealed class CuttingWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly (string Host, int Port) _server;
    private readonly int _cutAt;
    private readonly bool _afterwards;
    private int _requests;

    /// <param name="connectionString">Where the server is.</param>
    /// <param name="cutAt">The request at which the wire is cut, counted from 1 over all its connections.</param>
    /// <param name="afterwards">Whether the server carries that request out first.</param>
    public CuttingWire(string connectionString, int cutAt, bool afterwards)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        (_server, _cutAt, _afterwards) = ((server.Host!, server.Port), cutAt, afterwards);
        _listener.Start();
        // A dead wire refuses who calls, and does not let him wait.
        _stop.Token.Register(_listener.Stop);
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, SslMode = SslMode.Disable,
        }.ConnectionString;
        _running.Add(AcceptAsync());
    }

    /// <summary>The same login, by this wire.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether there was a request at which to cut it.</summary>
    public bool IsCut => _stop.IsCancellationRequested;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_running) running = [.. _running];
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (_running) _running.Add(CarryAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody calls a dead wire.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server.Host, _server.Port);
            (client.NoDelay, server.NoDelay) = (true, true);
            var answered = true;
            var isLast = false;
            using var closed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAll(
                PumpAsync(client, server, () =>
                {
                    // What comes without an answer in between is one request.
                    if (answered && Interlocked.Increment(ref _requests) == _cutAt)
                    {
                        if (!_afterwards) return false;
                        isLast = true;
                    }

                    answered = false;
                    return true;
                }, closed),
                PumpAsync(server, client, () => !isLast && (answered = true), closed));

            // A goodbye has no answer.
            if (isLast) await _stop.CancelAsync();
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<bool> carries, CancellationTokenSource closed)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, closed.Token) is > 0 and var read)
            {
                if (!carries())
                {
                    await _stop.CancelAsync();
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), closed.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end is gone, and the other goes with it.
        }
        finally
        {
            await closed.CancelAsync();
        }
    }
}
