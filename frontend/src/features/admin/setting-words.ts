import { useLingui } from "@lingui/react/macro";

interface Words {
  title: string;
  meaning: string;
}

/// What settings are about, by the name that the environment has for them.
export function useSettingWords(): Record<string, Words> {
  const { t } = useLingui();
  return {
    PARLEY_REGISTRATION: {
      title: t`New accounts`,
      meaning: t`Whether strangers may make an account.`,
    },
    PARLEY_DEFAULT_MODEL: {
      title: t`Default model`,
      meaning: t`The model that answers when nobody chose another.`,
    },
    PARLEY_FALLBACK_MODELS: {
      title: t`Models that step in`,
      meaning: t`Who answers when another model cannot, in this order, with commas between them.`,
    },
    OPENAI_MAX_TOKENS: {
      title: t`Length of answers`,
      meaning: t`How long an answer may get, in tokens, unless a chat says otherwise.`,
    },
    OPENAI_TEMPERATURE: {
      title: t`Temperature`,
      meaning: t`How freely models choose their words, from 0 to 2, unless a chat says otherwise.`,
    },
    PARLEY_INSTRUCTIONS: {
      title: t`Instructions of this instance`,
      meaning: t`What every model is told before a chat's and a person's own instructions.`,
    },
    PARLEY_SUMMARIES: {
      title: t`Summaries of long chats`,
      meaning: t`Whether the beginning of a chat that outgrows its model is summarised by that model.`,
    },
    PARLEY_MEMORY_LEARNING: {
      title: t`Learning for memory`,
      meaning: t`Whether the default model reads what people say, to learn about them.`,
    },
    PARLEY_MEMORY_TOKENS: {
      title: t`Room for memory`,
      meaning: t`How many tokens of a prompt what is remembered may have; 0 for none.`,
    },
  };
}
