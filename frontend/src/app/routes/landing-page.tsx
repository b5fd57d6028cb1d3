import { useQuery } from "@tanstack/react-query";
import { Navigate } from "react-router";
import { MessageList } from "@/features/chat/message-list";
import { Landing } from "@/features/landing/landing";
import { useScriptedExchange } from "@/features/landing/use-scripted-exchange";
import { entranceQuery } from "@/lib/entrance";
import { useAuth } from "@/lib/session";

/// The visitor sees the product itself: the message list of the chat, playing a scripted exchange.
export function LandingPage() {
  const { isAuthenticated } = useAuth();
  const messages = useScriptedExchange();
  const { data: entrance } = useQuery(entranceQuery);
  // Nothing here is for strangers, so there is nothing to show them.
  if (entrance?.registration === false) return <Navigate to="/login" replace />;
  if (isAuthenticated) return <Navigate to="/chat" replace />;
  return (
    <Landing
      exchange={
        <MessageList
          conversation="landing"
          rows={messages.map((message) => ({ key: message.id, message, live: false }))}
          busy={false}
        />
      }
    />
  );
}
