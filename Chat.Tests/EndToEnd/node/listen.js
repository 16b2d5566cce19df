// Connects to a hub with the real @microsoft/signalr client and prints what it hears, a line of JSON each:
//   HUB_TOKEN=… node listen.js http://127.0.0.1:5090/hub
// Ends when its standard input does.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const say = (what, value) => console.log(JSON.stringify({ what, value }));

const hub = new HubConnectionBuilder()
  .withUrl(process.argv[2], {
    accessTokenFactory: () => process.env.HUB_TOKEN,
    skipNegotiation: true,
    transport: HttpTransportType.WebSockets,
  })
  .configureLogging(LogLevel.Error)
  .build();

for (const method of ["receive", "ready", "closing"]) {
  hub.on(method, (value) => say(method, value));
}
hub.onclose((error) => say("closed", error?.message ?? null));

await hub.start();
process.stdin.resume();
process.stdin.on("end", () => hub.stop());
