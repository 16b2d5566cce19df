import { ChatClient, type SignIn } from "../client/index.js";
import { Uploads } from "../files/uploads.js";
import { Database } from "../offline/database.js";
import { Keeping } from "../offline/keeping.js";
import { SharedOutbox } from "../offline/sharedOutbox.js";
import { toast } from "../ui/toasts.js";
import type { Chat } from "./chat.js";
import { Connection } from "./connection.js";
import { Frames } from "./frames.js";
import { Presence } from "./presence.js";
import { forgetSignIn, sharedSignIn } from "./session.js";
import { Signal } from "./signal.js";
import { Typing } from "./typing.js";
import { watchWaking } from "./waking.js";

const key = "chat.server";

interface ServerWord {
  /** Addresses of the realtime service, each of which has `/hub`; none: this page's own. */
  readonly realtime: readonly string[];
}

/** Where the realtime service is; where the server does not answer, what it said last. */
const askServer = async (): Promise<ServerWord> => {
  try {
    const answer = await fetch("/api/client", { signal: AbortSignal.timeout(3_000) });
    const word = (await answer.json()) as ServerWord;
    localStorage.setItem(key, JSON.stringify(word));
    return word;
  } catch {
    return JSON.parse(localStorage.getItem(key) ?? '{"realtime":[]}') as ServerWord;
  }
};

/** From another node each time, so that all are used alike. */
const nodesOf = ({ realtime }: ServerWord): readonly string[] => {
  const nodes = realtime.length === 0 ? [location.origin] : realtime;
  const first = Math.floor(Math.random() * nodes.length);
  return [...nodes.slice(first), ...nodes.slice(0, first)];
};

/** Begins with what was kept, and goes on with what the server tells. */
export const startChat = async (signIn: SignIn): Promise<Chat> => {
  const stop = new AbortController();
  const database = new Database(signIn.user.id);
  const realtime = askServer().then(nodesOf);
  const kept = await database.kept();
  const frames = new Frames();
  const connection = new Connection(stop.signal);
  const client = new ChatClient(
    {
      api: [""],
      realtime,
      whenOpened: true,
      kept,
      store: sharedSignIn,
      attempts: Infinity,
      onChange: () => {
        frames.changed();
        keeping?.changed();
      },
      onLink: (link) => {
        connection.is(link);
        if (link === "live") {
          presence.askSoon();
        }
      },
      onTyping: (conversationId, userId) => typing.begins(conversationId, userId),
      onPresence: (told) => presence.told(told),
      onReceive: (e) => {
        if (e.type === "messageSent" && e.message !== undefined) {
          typing.ends(e.message.conversationId, e.message.senderId);
          frames.came(e.message);
        }
      },
    },
    signIn,
  );
  const presence = new Presence((userIds) => client.say("watchPresence", userIds));
  const typing = new Typing((conversationId) => void client.say("typing", conversationId));
  const keeping = new Keeping(client, database, stop.signal);
  const outbox = new SharedOutbox(client, database, stop.signal, (reason) => reason !== undefined && toast(reason, "problem"));
  await outbox.start();
  watchWaking(client, stop.signal);
  void client.refused.then((code) => {
    if (!stop.signal.aborted) {
      // Signed out here or elsewhere; every other code leaves the page as it is, and says why.
      if (code === undefined || code === "signedOut") {
        forgetSignIn();
      } else {
        connection.refused();
      }
    }
  });
  return {
    me: new Signal(signIn.user), client, outbox, uploads: new Uploads(client, outbox), connection, presence, typing, follow: frames.follow, onMessage: frames.onMessage,
    stop: () => {
      stop.abort();
      client.stop();
    },
    forget: () => database.delete(),
  };
};
