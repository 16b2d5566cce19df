using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Limits;

/// <summary>How slow and how big a request may be, and how long it may take.</summary>
[Collection(LimitedCollection.Name)]
public sealed class ConnectionLimitTests(LimitedApplication chat)
{
    private const string Login = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    [Fact]
    public async Task A_head_that_comes_line_by_line_is_cut_off_however_often_a_line_comes()
    {
        await using var connection = await ConnectAsync();

        var answer = await DripAsync(connection, "GET /api/users/me HTTP/1.1\r\nHost: localhost\r\n", "X-Slow: loris\r\n");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_comes_byte_by_byte_is_answered_with_a_problem()
    {
        await using var connection = await ConnectAsync();

        var answer = await DripAsync(connection, Login + "Content-Length: 10000\r\n\r\n{", " ");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:chat:problem:request-timeout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_is_too_big_is_refused()
    {
        using var stranger = chat.Stranger();
        stranger.DefaultRequestHeaders.Add("X-Big", new string('x', 8_192));

        using var answer = await stranger.GetAsync("/api/users/me");

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_may_be_as_big_as_one_can_be_and_a_message_bigger()
    {
        using var ada = await Person.RegisterAsync(chat);
        var room = (await ada.CreateGroupAsync()).Id;
        using var stranger = chat.Stranger();

        using var tooBig = await stranger.PostAsJsonAsync("/api/auth/login", new LoginRequest("a", new string('x', 20_000)));
        using var read = await ada.Client.TrySendAsync(room, new string('x', 20_000));

        await Problem.ReadAsync(tooBig, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await Problem.ReadAsync(read, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up_with_a_problem()
    {
        using var ada = await Person.RegisterAsync(chat);
        await using var database = await chat.OwnerAsync();
        await SetLockTimeoutAsync(database, "30s");
        await using (var connection = await database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await using var hold = connection.CreateCommand();
            hold.CommandText = $"select from users where id = '{ada.Id}' for update";
            await hold.ExecuteNonQueryAsync();

            using var answer = await ada.Client.PatchAsJsonAsync("/api/users/me", new ChangeProfileRequest("Countess"));

            await Problem.ReadAsync(answer, HttpStatusCode.ServiceUnavailable, "outcome-unknown");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        await SetLockTimeoutAsync(database, "2s");
    }

    /// <summary>As the role has it, a lock is given up before a request is.</summary>
    private static async Task SetLockTimeoutAsync(NpgsqlDataSource database, string timeout)
    {
        await using var set = database.CreateCommand($"""
            alter role chat set lock_timeout = '{timeout}';
            select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chat';
            """);
        await set.ExecuteNonQueryAsync();
    }

    private async Task<NetworkStream> ConnectAsync()
    {
        using var client = chat.Client();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends the beginning, and then the drop again and again until there is an answer: its text, up to the end of a problem or of the connection.</summary>
    private static async Task<string> DripAsync(NetworkStream connection, string beginning, string drop)
    {
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(beginning), timeout.Token);
        var buffer = new byte[8_192];
        var length = 0;
        var reading = ReadAsync();
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(200, timeout.Token));
            try
            {
                await connection.WriteAsync(Encoding.ASCII.GetBytes(drop), timeout.Token);
            }
            catch (IOException)
            {
                // It was cut off.
                break;
            }
        }

        await reading;
        return Encoding.ASCII.GetString(buffer, 0, length);

        async Task ReadAsync()
        {
            try
            {
                int read;
                while ((read = await connection.ReadAsync(buffer.AsMemory(length), timeout.Token)) > 0)
                {
                    length += read;
                    if (buffer.AsSpan(0, length).IndexOf("\"traceId\""u8) >= 0)
                    {
                        return;
                    }
                }
            }
            catch (IOException)
            {
                // The server need not read what it has refused.
            }
        }
    }
}
