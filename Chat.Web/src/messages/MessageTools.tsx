import { useState } from "react";
import { useChat } from "../app/chat.js";
import { pathOfConversation } from "../app/router.js";
import { usePlace } from "../conversation/place.js";
import type { Message } from "../client/index.js";
import { PickerPopover } from "../reactions/PickerPopover.js";
import { useText } from "../text/text.js";
import { Confirm } from "../ui/Confirm.js";
import { Icon } from "../ui/Icon.js";
import { MenuButton, type MenuChoice } from "../ui/Menu.js";
import { toast } from "../ui/toasts.js";
import { mayDeleteForAll, mayEdit, mayForward, useMessageActions } from "./actions.js";
import { ForwardDialog } from "./ForwardDialog.js";
import { ReactionList, ReaderList, VersionList, VoterList } from "./MessageLists.js";

/** What can be done with a message, beside it while it is pointed at or has the focus. */
export const MessageTools = ({ message }: { message: Message }) => {
  const t = useText();
  const { client } = useChat();
  const place = usePlace();
  const { state } = place;
  const actions = useMessageActions(state);
  const [picker, setPicker] = useState<Element>();
  const [asks, setAsks] = useState<"delete" | "forward" | "reactions" | "votes" | "reads" | "versions">();
  const gone = message.deletedAt !== undefined;
  const { seq } = message;

  const copyLink = () => void navigator.clipboard?.writeText(location.origin + pathOfConversation(state.id, seq)).then(() => toast(t.copied));
  const copyText = () => void navigator.clipboard?.writeText(message.text).then(() => toast(t.copied));
  const choices = (): MenuChoice[] => [
    ...(mayEdit(message, client.userId) ? [{ label: t.edit, icon: "edit", run: () => place.setPurpose({ what: "edit", message }) } as const] : []),
    ...(message.text !== "" && !gone ? [{ label: t.copyText, icon: "copy", run: copyText } as const] : []),
    { label: t.copyLink, icon: "link", run: copyLink },
    ...(mayForward(message) ? [{ label: t.forward, icon: "forward", run: () => setAsks("forward") } as const] : []),
    ...(gone ? [] : [{ label: message.pinnedAt === undefined ? t.pin : t.unpin, icon: "pin", run: () => void actions.pin(message) } as const]),
    ...((message.reactions?.length ?? 0) > 0 ? [{ label: t.whoReacted, icon: "emoji", run: () => setAsks("reactions") } as const] : []),
    ...(message.content?.poll?.anonymous === false ? [{ label: t.whoVoted, icon: "poll", run: () => setAsks("votes") } as const] : []),
    ...(message.senderId === client.userId && !gone ? [{ label: t.readBy, icon: "checks", run: () => setAsks("reads") } as const] : []),
    ...(message.editedAt !== undefined && !gone ? [{ label: t.earlierVersions, icon: "clock", run: () => setAsks("versions") } as const] : []),
    { label: t.markUnread, icon: "unread", run: () => void actions.markUnread() },
    { label: t.deleteForMe, icon: "trash", danger: true, run: () => void actions.deleteForMe(seq) },
    ...(mayDeleteForAll(state, message, client.userId)
      ? [{ label: t.deleteForAll, icon: "trash", danger: true, run: () => setAsks("delete") } as const]
      : []),
  ];
  return (
    <div className="message-tools" role="toolbar" aria-label={t.messageActions}>
      {!gone && (
        <button type="button" className="icon-button" aria-label={t.addReaction} aria-expanded={picker !== undefined} onClick={(e) => setPicker(e.currentTarget)}>
          <Icon name="emoji" />
        </button>
      )}
      <button type="button" className="icon-button" aria-label={t.reply} onClick={() => place.setPurpose({ what: "reply", message })}>
        <Icon name="reply" />
      </button>
      {message.threadRoot === undefined && (
        <button type="button" className="icon-button" aria-label={t.replyInThread} onClick={() => place.setPanel({ what: "thread", seq })}>
          <Icon name="thread" />
        </button>
      )}
      <MenuButton label={t.moreActions} choices={choices} />
      {picker !== undefined && (
        <PickerPopover anchor={picker} onPick={(emoji) => void actions.react(seq, emoji)} onClose={() => setPicker(undefined)} />
      )}
      {asks === "delete" && (
        <Confirm title={t.deleteForAll} hint={t.deleteForAllHint} action={t.delete} onConfirm={() => void actions.deleteForAll(seq)} onClose={() => setAsks(undefined)} />
      )}
      {asks === "forward" && <ForwardDialog message={message} onClose={() => setAsks(undefined)} />}
      {asks === "reactions" && <ReactionList message={message} onClose={() => setAsks(undefined)} />}
      {asks === "votes" && <VoterList message={message} onClose={() => setAsks(undefined)} />}
      {asks === "reads" && <ReaderList message={message} onClose={() => setAsks(undefined)} />}
      {asks === "versions" && <VersionList message={message} onClose={() => setAsks(undefined)} />}
    </div>
  );
};
