import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { useEffect, useMemo, useState } from "react";
import type { Message } from "@/api/types";
import { useMediaQuery } from "@/lib/use-media-query";

const question = msg`How long does light take from the Sun to each inner planet?`;
const answer = msg`Divide the distance by the speed of light, $t = d / c$:

| Planet | Distance | Time |
| --- | --- | --- |
| Mercury | 58 million km | 3 min 13 s |
| Venus | 108 million km | 6 min 0 s |
| Earth | 150 million km | 8 min 19 s |
| Mars | 228 million km | 12 min 40 s |

So the sunlight on your desk left the Sun **about eight minutes ago**. To work one out yourself:

~~~python
c = 299_792.458  # km/s
print(227.9e6 / c / 60)  # Mars, in minutes
~~~`;

const beginsAfterMillis = 900;
const stepMillis = 24;
const charactersPerStep = 4;

/// A question and its answer as it is written, once. Where motion is not wanted it is there at once.
export function useScriptedExchange(): Message[] {
  const { i18n } = useLingui();
  const still = useMediaQuery("(prefers-reduced-motion: reduce)");
  const text = i18n._(answer);
  const [written, setWritten] = useState(0);
  useEffect(() => {
    if (still) return;
    let timer = setTimeout(function write() {
      setWritten((length) => length + charactersPerStep);
      timer = setTimeout(write, stepMillis);
    }, beginsAfterMillis);
    const end = setTimeout(
      () => clearTimeout(timer),
      beginsAfterMillis + (text.length / charactersPerStep + 2) * stepMillis * 3,
    );
    return () => {
      clearTimeout(timer);
      clearTimeout(end);
    };
  }, [still, text]);
  const length = still ? text.length : Math.min(written, text.length);
  return useMemo(() => {
    const asked = scripted("landing-question", "user", i18n._(question), "complete");
    const answered = scripted("landing-answer", "assistant", text.slice(0, length), "complete");
    return length === 0 ? [asked] : [asked, answered];
  }, [i18n, text, length]);
}

function scripted(id: string, role: Message["role"], content: string, status: Message["status"]): Message {
  return {
    id,
    chat_id: "landing",
    parent_id: null,
    client_id: null,
    role,
    content,
    status,
    timestamp: "2026-01-01T00:00:00.000Z",
    metadata: {},
    feedback: null,
    siblings: [],
  };
}
