import { useText } from "../text/text.js";
import { useChat } from "./chat.js";
import { useSignal } from "./signal.js";

/** Says what is going on where not everything is as usual. */
export const Banner = () => {
  const t = useText();
  const state = useSignal(useChat().connection.state);
  const words = { connecting: t.connecting, degraded: t.degradedBanner, offline: t.offlineBanner, refused: t.refusedBanner };
  return (
    <div className="banner" role="status" aria-label="Connection" data-state={state}>
      {state !== "live" && (
        <>
          {state === "connecting" && <span className="spinner" aria-hidden="true" />}
          <span>{words[state]}</span>
          {state === "refused" && (
            <button type="button" className="button button-small" onClick={() => location.reload()}>
              {t.reload}
            </button>
          )}
        </>
      )}
    </div>
  );
};
