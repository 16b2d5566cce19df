import { useState } from "react";
import { isDone, useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { go, pathOfConversation } from "../app/router.js";
import type { Conversation, ConversationState, Member } from "../client/index.js";
import { useText } from "../text/text.js";
import { LiveAvatar } from "../ui/Avatar.js";
import { Confirm } from "../ui/Confirm.js";
import { Waiting } from "../ui/Empty.js";
import { Icon } from "../ui/Icon.js";
import { MenuButton, type MenuChoice } from "../ui/Menu.js";
import { AddMembers } from "./AddMembers.js";
import { useMembers } from "./members.js";

const shownAtMost = 100;

export const MemberSection = ({ state, version }: { state: ConversationState; version: number }) => {
  const t = useText();
  const { client } = useChat();
  const act = useAct();
  const members = useMembers(state);
  const [adds, setAdds] = useState(false);
  const [asks, setAsks] = useState<"leave" | "delete">();
  const [filter, setFilter] = useState("");
  const me = state.conversation?.me?.role ?? "member";
  const path = `/api/conversations/${state.id}`;
  const leave = async () => isDone(await act("DELETE", `${path}/members/${client.userId}`)) && go("/");
  const remove = async () => isDone(await act("DELETE", path)) && go("/");
  const shown = members?.filter((m) => m.displayName.toLocaleLowerCase().includes(filter.toLocaleLowerCase())).slice(0, shownAtMost);
  return (
    <section className="panel-section" data-version={version}>
      <h3>{t.members}</h3>
      {me !== "member" && (
        <button type="button" className="button" onClick={() => setAdds(true)}>
          <Icon name="add" size={18} />
          {t.addMembers}
        </button>
      )}
      {(members?.length ?? 0) > 12 && (
        <input type="search" className="input" value={filter} aria-label={t.findMember} placeholder={t.findMember} onChange={(e) => setFilter(e.target.value)} />
      )}
      {shown === undefined ? <Waiting label={t.loading} /> : <ul aria-label={t.members}>{shown.map((m) => <Person key={m.userId} state={state} member={m} />)}</ul>}
      <button type="button" className="button button-danger" onClick={() => setAsks("leave")}>
        <Icon name="leave" size={18} />
        {t.leave}
      </button>
      {me === "owner" && <button type="button" className="button button-danger" onClick={() => setAsks("delete")}>{t.deleteConversation}</button>}
      {adds && <AddMembers state={state} known={members ?? []} onClose={() => setAdds(false)} />}
      {asks === "leave" && <Confirm title={t.leave} hint={t.leaveHint} action={t.leave} onConfirm={() => void leave()} onClose={() => setAsks(undefined)} />}
      {asks === "delete" && (
        <Confirm title={t.deleteConversation} hint={t.deleteConversationHint} action={t.delete} onConfirm={() => void remove()} onClose={() => setAsks(undefined)} />
      )}
    </section>
  );
};

const Person = ({ state, member }: { state: ConversationState; member: Member }) => {
  const t = useText();
  const { client } = useChat();
  const act = useAct();
  const me = state.conversation?.me?.role ?? "member";
  const path = `/api/conversations/${state.id}/members/${member.userId}`;
  const write = async () => {
    const { value } = await act<Conversation>("POST", "/api/conversations", { kind: "direct", memberIds: [member.userId] });
    if (value !== undefined) {
      go(pathOfConversation(value.id));
    }
  };
  const choices = (): MenuChoice[] => [
    { label: t.writeDirectly, icon: "compose", run: () => void write() },
    ...(me === "owner"
      ? (["member", "admin", "owner"] as const)
          .filter((role) => role !== member.role)
          .map((role) => ({ label: t.makeRole(t.roles[role]), icon: "user" as const, run: () => void act("PATCH", path, { role }) }))
      : []),
    ...(me === "owner" || (me === "admin" && member.role === "member")
      ? [{ label: t.removeMember, icon: "trash", danger: true, run: () => void act("DELETE", path) } as const]
      : []),
  ];
  return (
    <li className="person">
      <LiveAvatar id={member.userId} name={member.displayName} />
      <span className="person-words">
        <bdi className="ellipsis">{member.displayName}</bdi>
        <span className="hint ellipsis">{member.role === "member" ? member.userName : `${member.userName} · ${t.roles[member.role]}`}</span>
      </span>
      {member.userId !== client.userId && <MenuButton label={t.actionsFor(member.displayName)} choices={choices} />}
    </li>
  );
};
