import type { ReactNode } from "react";
import { usePages } from "../app/pages.js";
import type { MemberName, Message, MessageVersion, Reaction, Voter } from "../client/index.js";
import { useText } from "../text/text.js";
import { dateAndTime } from "../text/times.js";
import { Avatar } from "../ui/Avatar.js";
import { Dialog } from "../ui/Dialog.js";
import { Waiting } from "../ui/Empty.js";
import "./lists.css";

interface ListProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Who reacted, and with what. */
export const ReactionList = ({ message, onClose }: ListProps) => {
  const t = useText();
  return (
    <PagedDialog<Reaction> title={t.whoReacted} path={`${pathOf(message)}/reactions`} none={t.nobodyYet} onClose={onClose}>
      {({ userId, displayName, emoji, createdAt }) => (
        <PersonLine key={`${userId} ${emoji}`} id={userId} name={displayName} at={createdAt}>
          <span className="list-emoji">{emoji}</span>
        </PersonLine>
      )}
    </PagedDialog>
  );
};

/** Who voted, and for what; not of anonymous polls. */
export const VoterList = ({ message, onClose }: ListProps) => {
  const t = useText();
  const options = message.content?.poll?.options ?? [];
  return (
    <PagedDialog<Voter> title={t.whoVoted} path={`${pathOf(message)}/votes`} none={t.nobodyYet} onClose={onClose}>
      {(voter) => (
        <PersonLine key={voter.userId} id={voter.userId} name={voter.displayName} at={voter.votedAt}>
          <bdi className="ellipsis">{voter.options.map((at) => options[at] ?? "").join(", ")}</bdi>
        </PersonLine>
      )}
    </PagedDialog>
  );
};

/** Who has read it. */
export const ReaderList = ({ message, onClose }: ListProps) => {
  const t = useText();
  return (
    <PagedDialog<MemberName> title={t.readBy} path={`${pathOf(message)}/reads`} none={t.nobodyYet} onClose={onClose}>
      {({ id, displayName }) => <PersonLine key={id} id={id} name={displayName} />}
    </PagedDialog>
  );
};

/** What it said before it was edited. */
export const VersionList = ({ message, onClose }: ListProps) => {
  const t = useText();
  return (
    <PagedDialog<MessageVersion> title={t.earlierVersions} path={`${pathOf(message)}/history`} then="before" none={t.nothingFound} onClose={onClose}>
      {({ rev, text, writtenAt }) => (
        <li key={rev} className="list-version">
          <time className="hint" dateTime={writtenAt}>{dateAndTime(writtenAt)}</time>
          <p dir="auto">{text}</p>
        </li>
      )}
    </PagedDialog>
  );
};

interface PagedDialogProps<T> {
  readonly title: string;
  readonly path: string;
  readonly then?: "after" | "before";
  readonly none: string;
  readonly onClose: () => void;
  readonly children: (item: T) => ReactNode;
}

const PagedDialog = <T,>({ title, path, then, none, onClose, children }: PagedDialogProps<T>) => {
  const t = useText();
  const { state, items, more } = usePages<T>(path, then);
  return (
    <Dialog title={title} onClose={onClose}>
      <ul className="list" aria-label={title}>{items.map(children)}</ul>
      {state === "asking" && <Waiting label={t.loading} />}
      {state === "failed" && <p className="problem" role="alert">{t.noAnswer}</p>}
      {state === "told" && items.length === 0 && <p className="hint">{none}</p>}
      {more !== undefined && <button type="button" className="button" onClick={more}>{t.more}</button>}
    </Dialog>
  );
};

const PersonLine = ({ id, name, at, children }: { id: string; name: string; at?: string; children?: ReactNode }) => (
  <li className="person">
    <Avatar id={id} name={name} size="small" />
    <span className="person-words">
      <bdi className="ellipsis">{name}</bdi>
      {at !== undefined && <time className="hint" dateTime={at}>{dateAndTime(at)}</time>}
    </span>
    {children}
  </li>
);

const pathOf = ({ conversationId, seq }: Message): string => `/api/conversations/${conversationId}/messages/${seq}`;
