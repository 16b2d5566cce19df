// Runs the web client's client (Chat.Web/src/client, built) under Node, told what to do by lines of JSON on standard input; prints what
// it holds, a line of JSON each time that it changes. Ends when its input does.
import { createInterface } from "node:readline";
import { Backoff, ChatClient } from "../../../Chat.Web/lib/client/index.js";

const say = (what, value) => console.log(JSON.stringify({ what, value }));
let client;

const show = () => {
  for (const [id, state] of client?.conversations ?? []) {
    say("state", { id, messages: state.messages, pending: state.pending.map((p) => p.request.text) });
  }
};

const commands = {
  start({ api, realtime, signIn }) {
    client = new ChatClient({ api, realtime, backoff: new Backoff(200, 1_000), onChange: show, onReceive: (e) => say("receive", e) }, signIn);
    client.loaded.then(() => say("loaded"));
  },
  send({ conversation, text }) {
    client.send(conversation, text).then(({ value }) => say("sent", value ?? null));
  },
  reconnect() {
    client.reconnect();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  commands[command.do](command);
}
client?.stop();
