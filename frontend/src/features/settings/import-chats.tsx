import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { importChats } from "@/api/imports";
import { inOwnWords } from "@/api/server-sentences";
import type { ChatImport } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Notice } from "@/ui/notice";
import { Progress } from "@/ui/progress";
import { importsQuery, isAtWork } from "./import-queries";
import { useSkipReasons } from "./skip-reasons";

const programs = { chatgpt: "ChatGPT", open_webui: "Open WebUI", librechat: "LibreChat", parley: "Parley" };

/// Bringing chats along from elsewhere.
export function ImportChats() {
  const { t, i18n } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [remember, setRemember] = useState(false);
  const { data: imports = [], error: unseen } = useQuery(importsQuery);
  const atWork = imports.some(isAtWork);
  const [sent, setSent] = useState(0);
  useChatsAnew(atWork);
  const { busy, error, run } = useSaving(async (file: File) => {
    setSent(0);
    await importChats(file, remember, setSent);
    await queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
  });
  return (
    <>
      <p className="text-quiet">
        <Trans>
          From an export of ChatGPT, Open WebUI, LibreChat or Parley, as JSON or as the ZIP file that you got.
          What is here already is not imported twice.
        </Trans>
      </p>
      <Checkbox
        checked={remember}
        onChange={setRemember}
        hint={<Trans>Otherwise memory is off in each of these chats, until you turn it on there.</Trans>}
      >
        <Trans>Let memory use what was said in them</Trans>
      </Checkbox>
      <div>
        <Button busy={busy} disabled={atWork} onClick={() => input.current?.click()}>
          <Trans>Choose a file</Trans>
        </Button>
        <input
          ref={input}
          type="file"
          accept=".json,.zip,application/json,application/zip"
          aria-label={t`A file with chats`}
          hidden
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = "";
            if (file !== undefined) void run(file);
          }}
        />
      </div>
      {busy && (
        <div className="grid gap-1.5">
          <Progress label={t`Progress of the upload`} share={sent} />
          <p className="text-small text-quiet tabular-nums">
            {t`${i18n.number(sent, { style: "percent" })} of the file sent`}
          </p>
        </div>
      )}
      {error !== null && <Notice>{error.message}</Notice>}
      {unseen !== null && imports.length === 0 && (
        <Notice>
          <Trans>Your imports could not be loaded.</Trans> {unseen.message}
        </Notice>
      )}
      {imports.length > 0 && (
        <ul className="grid gap-5">
          {imports.map((one) => (
            <Import key={one.id} import={one} />
          ))}
        </ul>
      )}
    </>
  );
}

/// What was imported stands in the list of chats as soon as it is done.
function useChatsAnew(atWork: boolean) {
  const wasAtWork = useRef(atWork);
  useEffect(() => {
    if (wasAtWork.current && !atWork) void queryClient.invalidateQueries({ queryKey: ["chats"] });
    wasAtWork.current = atWork;
  }, [atWork]);
}

function Import({ import: one }: { import: ChatImport }) {
  const { t, i18n } = useLingui();
  const reason = useSkipReasons();
  const when = i18n.date(one.created_at, { dateStyle: "medium", timeStyle: "short" });
  const program = one.format === null ? t`File` : programs[one.format];
  const { done, total, imported } = one;
  return (
    <li className="grid gap-1.5">
      <p>
        {program}
        <span className="text-small text-quiet"> · {when}</span>
      </p>
      {isAtWork(one) && (
        <>
          <Progress label={t`Progress of the import`} share={total > 0 ? done / total : null} />
          <p className="text-small text-quiet tabular-nums">
            {total > 0
              ? t`${i18n.number(done)} of ${i18n.number(total)} chats`
              : t`Looking the file through …`}
          </p>
        </>
      )}
      {one.status === "done" && (
        <p className="text-quiet">
          {t`${plural(imported, { one: "# chat imported", other: "# chats imported" })}, of ${i18n.number(total)} in the file.`}
        </p>
      )}
      {one.failure !== null && <p className="text-danger">{inOwnWords(one.failure)}</p>}
      {one.skipped.length > 0 && (
        <ul className="list-disc ps-5 text-small text-quiet">
          {one.skipped.map((skipped) => (
            <li key={skipped.reason}>{reason(skipped)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
