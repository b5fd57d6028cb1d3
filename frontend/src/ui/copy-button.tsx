import { useLingui } from "@lingui/react/macro";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/lib/copy-text";
import { IconButton } from "./icon-button";
import { toast } from "./toast";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else toast(t`The browser did not allow copying. Select the text instead.`);
  };
  return (
    <IconButton label={copied ? t`Copied` : label} onClick={copy}>
      {copied ? <Check className="appear" /> : <Copy />}
    </IconButton>
  );
}
