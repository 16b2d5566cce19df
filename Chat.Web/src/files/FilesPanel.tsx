import { useState } from "react";
import { useAsked } from "../app/asked.js";
import { usePlace } from "../conversation/place.js";
import type { FileContent } from "../client/index.js";
import { Panel } from "../panels/Panel.js";
import { useText } from "../text/text.js";
import { shortTime } from "../text/times.js";
import { Empty, Waiting } from "../ui/Empty.js";
import { FileView } from "./FileView.js";

interface ConversationFile {
  readonly seq: number;
  readonly sentAt: string;
  readonly kind: "image" | "file" | "voice" | "encrypted";
  readonly file: FileContent;
}

const kinds = ["image", "file", "voice"] as const;

/** What the conversation's messages carry, the latest first. */
export const FilesPanel = () => {
  const t = useText();
  const { state, jump } = usePlace();
  const [kind, setKind] = useState<(typeof kinds)[number]>("image");
  const asked = useAsked<{ items: ConversationFile[] }>(`/api/conversations/${state.id}/files?kind=${kind}&limit=100`, state.overview.lastSeq);
  return (
    <Panel title={t.files}>
      <div className="tabs" role="group" aria-label={t.files}>
        {kinds.map((k) => (
          <button key={k} type="button" className="button button-small" aria-pressed={k === kind} onClick={() => setKind(k)}>
            {t.fileKinds[k]}
          </button>
        ))}
      </div>
      {asked.state === "asking" && <Waiting label={t.loading} />}
      {asked.state === "failed" && <Empty icon="warning" title={t.noAnswer} />}
      {asked.state === "told" && asked.value.items.length === 0 && <Empty icon="file" title={t.noFiles} hint={t.noFilesHint} />}
      {asked.state === "told" && (
        <ul className={kind === "image" ? "gallery" : "file-list"}>
          {asked.value.items.filter((item) => item.kind === kind).map((item) => (
            <li key={item.seq}>
              <FileView message={asMessage(state.id, item)} />
              <button type="button" className="button button-plain button-small" onClick={() => jump(item.seq)}>
                {t.goTo} · {shortTime(item.sentAt)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

const asMessage = (conversationId: string, { seq, sentAt, kind, file }: ConversationFile) => ({
  conversationId, seq, rev: 0, senderId: "", clientId: "", kind, text: "", createdAt: sentAt, content: { file },
});
