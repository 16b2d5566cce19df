import { useChat } from "../app/chat.js";
import { useSignal } from "../app/signal.js";
import type { ConversationState, PendingMessage } from "../client/index.js";
import { Markdown } from "../markdown/Markdown.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** What the user has written, until the server has it. */
export const PendingRow = ({ pending, state }: { pending: PendingMessage; state: ConversationState }) => {
  const t = useText();
  const { outbox, connection } = useChat();
  const offline = useSignal(connection.state) === "offline";
  const { request, failed } = pending;
  const said = failed === true ? t.notSent : offline ? t.waiting : t.sending;
  return (
    <article className="message message-own message-pending" data-failed={failed === true} aria-label={t.messageBy(t.you, said)} tabIndex={-1}>
      <span className="message-side" />
      <div className="bubble">
        <Markdown text={request.text ?? t.kinds[request.kind ?? "file"]} />
        <span className="bubble-meta">
          <Icon name={failed === true ? "warning" : "clock"} size={14} />
          <span>{said}</span>
        </span>
        {failed === true && (
          <span className="bubble-choices">
            <button type="button" className="button button-small" onClick={() => outbox.retry(state.id, request)}>
              {t.sendAgain}
            </button>
            <button type="button" className="button button-small button-plain" onClick={() => outbox.discard(state.id, request.clientId)}>
              {t.discard}
            </button>
          </span>
        )}
      </div>
    </article>
  );
};
