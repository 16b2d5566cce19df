using System.CommandLine;
using Chat.LoadTests.Commands;

var program = new RootCommand("Load tests of Chat, with a ledger of every message and the machine's limits beside every result.")
{
    RunCommand.Create(),
    ListCommand.Create(),
    LimitsCommand.Create(),
    SeedCommand.Create(),
    SinkCommand.Create(),
    BareServerCommand.Create(),
};

// Ctrl-C still leaves the time to write down what was measured and to take down what was started.
return await program.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
