import { useChat } from "../app/chat.js";
import { useSignal } from "../app/signal.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import { sizeOf } from "./sizes.js";
import "./files.css";

/** Files that are on their way, above the field. */
export const UploadTray = ({ conversationId }: { conversationId: string }) => {
  const t = useText();
  const { uploads } = useChat();
  const here = useSignal(uploads.list).filter((u) => u.conversationId === conversationId);
  if (here.length === 0) {
    return null;
  }
  return (
    <ul className="uploads" aria-label={t.uploads}>
      {here.map(({ id, name, size, sent, state }) => (
        <li key={id} className="upload" data-state={state}>
          <Icon name="file" size={18} />
          <span className="upload-words">
            <bdi className="ellipsis">{name}</bdi>
            <span className="hint">{state === "failed" ? t.uploadFailed : state === "paused" ? t.paused : `${sizeOf(sent)} / ${sizeOf(size)}`}</span>
            <progress max={Math.max(1, size)} value={sent} aria-label={t.uploadOf(name)} />
          </span>
          {state === "going" ? (
            <button type="button" className="icon-button" aria-label={t.pauseUpload} onClick={() => void uploads.pause(id)}>
              <Icon name="pause" size={18} />
            </button>
          ) : (
            <button type="button" className="icon-button" aria-label={t.resumeUpload} onClick={() => uploads.resume(id)}>
              <Icon name="play" size={18} />
            </button>
          )}
          <button type="button" className="icon-button" aria-label={t.cancelUpload} onClick={() => void uploads.cancel(id)}>
            <Icon name="close" size={18} />
          </button>
        </li>
      ))}
    </ul>
  );
};
