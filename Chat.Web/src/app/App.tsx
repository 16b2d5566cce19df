import { useEffect, useState } from "react";
import { SignInScreen } from "../signIn/SignInScreen.js";
import { useText } from "../text/text.js";
import { Waiting } from "../ui/Empty.js";
import { ToastStack } from "../ui/ToastStack.js";
import { ChatContext, type Chat } from "./chat.js";
import { ErrorBoundary } from "./ErrorBoundary.js";
import { useRoute } from "./router.js";
import { currentSignIn, useSignIn } from "./session.js";
import { startChat } from "./startChat.js";
import { Workspace } from "./Workspace.js";

export const App = () => {
  const userId = useSignIn()?.user.id;
  const { screen } = useRoute();
  return (
    <>
      <ErrorBoundary>{userId === undefined ? <SignInScreen register={screen === "register"} /> : <SignedIn key={userId} />}</ErrorBoundary>
      <ToastStack />
    </>
  );
};

const SignedIn = () => {
  const t = useText();
  const [chat, setChat] = useState<Chat>();
  useEffect(() => {
    const signIn = currentSignIn();
    let over = false;
    let started: Chat | undefined;
    if (signIn !== undefined) {
      void startChat(signIn).then((begun) => {
        started = begun;
        if (over) {
          begun.stop();
        } else {
          setChat(begun);
        }
      });
    }
    return () => {
      over = true;
      started?.stop();
    };
  }, []);
  return chat === undefined ? (
    <Waiting label={t.loading} />
  ) : (
    <ChatContext value={chat}>
      <Workspace />
    </ChatContext>
  );
};
