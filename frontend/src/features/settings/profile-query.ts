import { queryOptions } from "@tanstack/react-query";
import { changeProfile, fetchProfile, type ProfileChange } from "@/api/auth";
import { queryClient } from "@/lib/query-client";
import { updateUser } from "@/lib/session";
import { toast } from "@/ui/toast";

export const profileQuery = queryOptions({ queryKey: ["profile"], queryFn: fetchProfile });

export async function saveProfile(change: ProfileChange) {
  const profile = await changeProfile(change);
  queryClient.setQueryData(profileQuery.queryKey, profile);
  updateUser(profile);
}

/// For controls that save themselves: they show the new state already, and a refusal is said.
export function saveQuietly(change: ProfileChange) {
  saveProfile(change).catch((error: unknown) =>
    toast(error instanceof Error ? error.message : String(error)),
  );
}
