import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { buttonClass } from "@/ui/button";
import { modelsQuery } from "./chat-queries";

interface EmptyConversationProps {
  /// Whether the chat will be one that is not kept.
  temporary: boolean;
  onAsk: (question: string) => void;
}

/// A new chat: a question to begin with, and some that this instance can answer.
export function EmptyConversation({ temporary, onAsk }: EmptyConversationProps) {
  const suggestions = useSuggestions();
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto pb-(--below-messages) [scrollbar-gutter:stable]">
      <div className="column my-auto">
        <h1 className="text-display font-semibold tracking-tight text-balance">
          <Trans>What would you like to know?</Trans>
        </h1>
        {temporary && (
          <p className="mt-2 text-body text-quiet">
            <Trans>
              This chat will be temporary: it stands in no list, is not remembered, and is deleted after 24
              hours.
            </Trans>
          </p>
        )}
        <ul className="mt-6 flex min-h-20 max-sm:min-h-48 max-sm:touch:min-h-50 flex-wrap gap-2">
          {suggestions.map((question) => (
            <li key={question} className="appear">
              <button
                type="button"
                onClick={() => onAsk(question)}
                className={buttonClass("plain", "text-start font-normal!")}
              >
                {question}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function useSuggestions(): string[] {
  const { t } = useLingui();
  const { data: models } = useQuery(modelsQuery);
  if (models === undefined) return [];
  if (models.every(({ provider }) => provider === "builtin")) {
    return [t`How do I connect a model?`, t`Show me what you can do`, t`How do I back up my data?`];
  }
  return [
    t`Explain how HTTPS keeps a secret, step by step`,
    t`Compare SQLite and PostgreSQL in a table`,
    t`Write a shell script that finds duplicate files`,
    t`Help me say no to a meeting politely`,
  ];
}
