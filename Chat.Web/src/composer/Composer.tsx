import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { useChat } from "../app/chat.js";
import { useSettings } from "../app/settings.js";
import type { ConversationState } from "../client/index.js";
import { usePlace } from "../conversation/place.js";
import { titleOf } from "../conversation/titles.js";
import { UploadTray } from "../files/UploadTray.js";
import { Markdown } from "../markdown/Markdown.js";
import { mayEdit, useMessageActions } from "../messages/actions.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import { ComposerTools } from "./ComposerTools.js";
import { readDraft, writeDraft } from "./drafts.js";
import { insertAt } from "./insert.js";
import { MentionList } from "./MentionList.js";
import { useMentions } from "./mentioning.js";
import { PurposeBar } from "./PurposeBar.js";
import "./composer.css";

const textMax = 10_000;

/** Where messages are written. Enter sends, Shift and Enter begins a line; what was not sent is there again when one comes back. */
export const Composer = ({ state, threadRoot }: { state: ConversationState; threadRoot?: number }) => {
  const t = useText();
  const { outbox, typing, client, uploads } = useChat();
  const { enterSends } = useSettings();
  const place = usePlace();
  const actions = useMessageActions(state);
  const draftKey = threadRoot === undefined ? state.id : `${state.id}/${threadRoot}`;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => readDraft(draftKey));
  const [previewed, setPreviewed] = useState(false);
  const purpose = threadRoot === undefined ? place.purpose : undefined;
  const edits = purpose?.what === "edit" ? purpose.message : undefined;
  const mentions = useMentions(state, field, text, setText);
  const over = text.length - textMax;
  const empty = text.trim() === "";

  useEffect(() => {
    if (edits === undefined) {
      writeDraft(draftKey, text);
    }
  }, [draftKey, text, edits]);
  useEffect(() => {
    if (purpose !== undefined || threadRoot !== undefined || matchMedia("(hover: hover)").matches) {
      field.current?.focus();
    }
    if (edits !== undefined) {
      setText(edits.text);
      setPreviewed(false);
    }
  }, [purpose, edits, threadRoot]);

  const leave = () => {
    place.setPurpose(undefined);
    if (edits !== undefined) {
      setText(readDraft(draftKey));
    }
  };
  const send = () => {
    if (empty || over > 0) {
      return;
    }
    const words = text.trim();
    const { ids, everyone } = mentions.in(words);
    if (edits !== undefined) {
      void actions.edit(edits.seq, words, ids, everyone);
      leave();
      return;
    }
    outbox.add(state.id, {
      text: words,
      ...(ids.length > 0 ? { mentions: ids } : {}),
      ...(everyone ? { mentionsEveryone: true } : {}),
      ...(purpose?.what === "reply" ? { replyTo: purpose.message.seq } : {}),
      ...(threadRoot === undefined ? {} : { threadRoot }),
    });
    setText("");
    setPreviewed(false);
    place.setPurpose(undefined);
  };
  const editLast = () => {
    const last = state.messages.findLast((m) => mayEdit(m, client.userId) && m.threadRoot === threadRoot);
    // While the last one is still on its way, the one before it is not what is meant.
    if (last !== undefined && threadRoot === undefined && state.pending.length === 0) {
      place.setPurpose({ what: "edit", message: last });
    }
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing || mentions.onKeyDown(e)) {
      return;
    }
    if (e.key === "Enter" && !e.shiftKey && (enterSends || e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      send();
    } else if (e.key === "ArrowUp" && text === "") {
      e.preventDefault();
      editLast();
    } else if (e.key === "Escape" && purpose !== undefined) {
      e.preventDefault();
      leave();
    }
  };
  const onPaste = (e: ClipboardEvent) => {
    if (e.clipboardData.files.length > 0) {
      e.preventDefault();
      [...e.clipboardData.files].forEach((file) => void uploads.add(state.id, file, threadRoot));
    }
  };
  const title = titleOf(state.conversation, client.userId, t);
  return (
    <form
      className="composer" aria-label={threadRoot === undefined ? t.newMessage : t.replyInThread}
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {threadRoot === undefined && <UploadTray conversationId={state.id} />}
      {purpose !== undefined && <PurposeBar purpose={purpose} onLeave={leave} />}
      <MentionList mentions={mentions} />
      <div className="composer-box">
        {previewed && (
          <div className="composer-preview scroll" role="group" aria-label={t.preview} tabIndex={0}>
            <Markdown text={text} />
          </div>
        )}
        <textarea
          ref={field} className="composer-field scroll" rows={1} value={text} dir="auto" hidden={previewed} placeholder={threadRoot === undefined ? t.writeTo(title) : t.replyInThread}
          aria-label={threadRoot === undefined ? t.message : t.replyInThread} {...mentions.field} onKeyDown={onKeyDown} onPaste={onPaste}
          onChange={(e) => {
            setText(e.target.value);
            typing.struck(state.id);
          }}
        />
        <div className="composer-foot">
          <ComposerTools
            state={state} threadRoot={threadRoot} previewed={previewed} onPreview={() => setPreviewed(!previewed)}
            onEmoji={(emoji) => setText(insertAt(field.current, text, emoji))}
          />
          <button type="submit" className="icon-button composer-send" aria-label={edits === undefined ? t.send : t.save} disabled={empty || over > 0}>
            <Icon name={edits === undefined ? "send" : "check"} />
          </button>
        </div>
      </div>
      {over > 0 && <p className="problem" role="status">{t.tooLong(over)}</p>}
    </form>
  );
};
