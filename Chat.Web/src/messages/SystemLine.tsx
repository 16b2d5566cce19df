import { useLive } from "../app/chat.js";
import type { Message } from "../client/index.js";
import type { Text } from "../text/text.js";
import { locale, useText } from "../text/text.js";

/** What somebody did, in the reader's language. */
export const SystemLine = ({ message }: { message: Message }) => {
  const t = useText();
  const words = useLive(({ client }) => say(message, (id) => (id === client.userId ? t.you : (client.people.name(id) ?? t.someone)), t));
  return <p className="system-line">{words}</p>;
};

const say = (message: Message, name: (id: string) => string, t: Text): string => {
  const system = message.content?.system;
  const who = name(message.senderId);
  const whom = new Intl.ListFormat(locale()).format((system?.userIds ?? []).map(name));
  switch (system?.event) {
    case "membersAdded":
    case "memberRemoved":
      return t.system[system.event](who, whom);
    case "memberJoined":
      return system.byInvite === true ? t.system.memberJoinedByInvite(who) : t.system.memberJoined(who);
    case "memberLeft":
      return t.system.memberLeft(who);
    case "roleChanged":
      return t.system.roleChanged(who, whom, t.roles[system.role ?? "member"]);
    case "detailsChanged":
      return system.title === undefined ? t.system.detailsChanged(who) : t.system.titleChanged(who, system.title);
    default:
      return message.text;
  }
};
