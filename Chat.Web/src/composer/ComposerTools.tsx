import { useRef, useState } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";
import { NewPoll } from "../polls/NewPoll.js";
import { PickerPopover } from "../reactions/PickerPopover.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

interface ComposerToolsProps {
  readonly state: ConversationState;
  readonly threadRoot: number | undefined;
  readonly previewed: boolean;
  readonly onPreview: () => void;
  readonly onEmoji: (emoji: string) => void;
}

export const ComposerTools = ({ state, threadRoot, previewed, onPreview, onEmoji }: ComposerToolsProps) => {
  const t = useText();
  const { uploads } = useChat();
  const files = useRef<HTMLInputElement>(null);
  const [picker, setPicker] = useState<Element>();
  const [asks, setAsks] = useState(false);
  return (
    <>
      <button type="button" className="icon-button" aria-label={t.attach} onClick={() => files.current?.click()}>
        <Icon name="attach" />
      </button>
      <input
        ref={files} type="file" multiple hidden aria-label={t.attach}
        onChange={(e) => {
          [...(e.target.files ?? [])].forEach((file) => void uploads.add(state.id, file, threadRoot));
          e.target.value = "";
        }}
      />
      <button type="button" className="icon-button" aria-label={t.emoji} aria-expanded={picker !== undefined} onClick={(e) => setPicker(e.currentTarget)}>
        <Icon name="emoji" />
      </button>
      {threadRoot === undefined && (
        <button type="button" className="icon-button" aria-label={t.newPoll} onClick={() => setAsks(true)}>
          <Icon name="poll" />
        </button>
      )}
      <button type="button" className="button button-plain button-small" aria-pressed={previewed} onClick={onPreview}>
        {previewed ? t.write : t.preview}
      </button>
      <span className="composer-space" />
      {picker !== undefined && <PickerPopover anchor={picker} onPick={onEmoji} onClose={() => setPicker(undefined)} />}
      {asks && <NewPoll state={state} onClose={() => setAsks(false)} />}
    </>
  );
};
