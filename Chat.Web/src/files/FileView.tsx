import { useEffect, useState } from "react";
import type { FileContent, Message } from "../client/index.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import { Lightbox } from "./Lightbox.js";
import { useFileLink } from "./links.js";
import { sizeOf } from "./sizes.js";
import "./files.css";

/** What a message carries: a picture as large as there is room for, a recording to be played, anything else to be downloaded. */
export const FileView = ({ message }: { message: Message }) => {
  const file = message.content?.file;
  if (file === undefined) {
    return null;
  }
  return message.kind === "image" ? <Picture file={file} caption={message.text} /> : message.kind === "voice" ? <Recording file={file} /> : <FileLine file={file} />;
};

const widest = 400;
const highest = 320;

const Picture = ({ file, caption }: { file: FileContent; caption: string }) => {
  const t = useText();
  const { url, renew } = useFileLink(file);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (url === undefined) {
      renew();
    }
  }, [url, renew]);
  // The room is kept from the start, so that nothing moves when the picture comes.
  const { width = 4, height = 3 } = file;
  const shown = Math.min(widest, width < 48 ? 48 : width, (highest * width) / height);
  return (
    <>
      <button
        type="button" className="picture" style={{ inlineSize: shown, aspectRatio: `${width} / ${height}` }}
        aria-label={t.openPicture(caption || file.name)} onClick={() => setOpen(true)}
      >
        {url !== undefined && <img src={url} alt="" loading="lazy" decoding="async" onError={renew} />}
      </button>
      {open && url !== undefined && <Lightbox url={url} name={caption || file.name} onClose={() => setOpen(false)} />}
    </>
  );
};

const Recording = ({ file }: { file: FileContent }) => {
  const { url, renew } = useFileLink(file);
  useEffect(() => {
    if (url === undefined) {
      renew();
    }
  }, [url, renew]);
  return (
    <div className="recording">
      <audio controls preload="none" src={url} onError={renew} aria-label={file.name} />
      <bdi className="hint ellipsis">{file.name}</bdi>
    </div>
  );
};

const FileLine = ({ file }: { file: FileContent }) => {
  const t = useText();
  const { url, renew } = useFileLink(file);
  useEffect(() => {
    if (url === undefined) {
      renew();
    }
  }, [url, renew]);
  return (
    <a className="file-line" href={url} download={file.name} aria-label={`${t.download} ${file.name}`}>
      <Icon name="file" size={28} />
      <span className="file-words">
        <bdi className="ellipsis">{file.name}</bdi>
        <span className="hint">{sizeOf(file.size)}</span>
      </span>
      <Icon name="download" />
    </a>
  );
};
