import { useText } from "../text/text.js";
import { toast } from "../ui/toasts.js";

/** Source code as it is written, to be scrolled sideways and copied. */
export const CodeBlock = ({ text, language }: { text: string; language?: string | undefined }) => {
  const t = useText();
  const copy = () => void navigator.clipboard?.writeText(text).then(() => toast(t.copied));
  return (
    <figure className="code-block" dir="ltr">
      <figcaption>
        <span className="ellipsis">{language || t.codeBlock}</span>
        <button type="button" onClick={copy}>{t.copy}</button>
      </figcaption>
      <pre className="scroll" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
};
