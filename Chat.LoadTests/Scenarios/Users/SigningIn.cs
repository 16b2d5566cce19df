using Chat.Contracts;
using Chat.Contracts.Accounts;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Makes a new account each time.</summary>
/// <param name="name">Of the next account; nobody else's.</param>
internal sealed class Registrant(ApiClient api, Func<string> name) : IUser
{
    public const string Password = "as good as 9 others";

    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop) => await api.SendAsync(
        "register", "POST", "/api/auth/register", new RegisterRequest(name(), Password), ContractsJson.Default.RegisterRequest, expected: 201, due,
        recorder, stop);

    public void Dispose() => api.Dispose();
}

/// <summary>Signs in to an account of theirs, each time anew.</summary>
internal sealed class Visitor(ApiClient api, string name) : IUser
{
    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop) => await api.SendAsync(
        "login", "POST", "/api/auth/login", new LoginRequest(name, Registrant.Password), ContractsJson.Default.LoginRequest, expected: 200, due,
        recorder, stop);

    public void Dispose() => api.Dispose();
}
