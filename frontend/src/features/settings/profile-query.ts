import { queryOptions } from "@tanstack/react-query";
import { changeProfile, fetchProfile, type ProfileChange } from "@/api/auth";
import { queryClient } from "@/lib/query-client";
import { updateUser } from "@/lib/session";

export const profileQuery = queryOptions({ queryKey: ["profile"], queryFn: fetchProfile });

export async function saveProfile(change: ProfileChange) {
  const profile = await changeProfile(change);
  queryClient.setQueryData(profileQuery.queryKey, profile);
  updateUser(profile);
}
