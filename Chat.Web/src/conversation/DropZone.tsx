import { useState, type DragEvent, type ReactNode } from "react";
import { useChat } from "../app/chat.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** Files that are dropped on the conversation are sent to it. */
export const DropZone = ({ id, children }: { id: string; children: ReactNode }) => {
  const t = useText();
  const { uploads } = useChat();
  const [over, setOver] = useState(false);
  const hasFiles = (e: DragEvent) => e.dataTransfer.types.includes("Files");
  return (
    <div
      className="conversation-column"
      onDragOver={(e) => {
        if (hasFiles(e)) {
          e.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={(e) => e.relatedTarget instanceof Node && e.currentTarget.contains(e.relatedTarget) || setOver(false)}
      onDrop={(e) => {
        setOver(false);
        if (hasFiles(e)) {
          e.preventDefault();
          [...e.dataTransfer.files].forEach((file) => void uploads.add(id, file));
        }
      }}
    >
      {children}
      {over && (
        <div className="drop-target">
          <Icon name="attach" size={32} />
          {t.dropHere}
        </div>
      )}
    </div>
  );
};
