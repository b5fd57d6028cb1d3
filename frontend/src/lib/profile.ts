import { queryOptions } from "@tanstack/react-query";
import { changeProfile, fetchProfile, type ProfileChange } from "@/api/auth";
import { queryClient } from "./query-client";
import { updateUser } from "./session";

export const profileQuery = queryOptions({
  queryKey: ["profile"],
  queryFn: fetchProfile,
  staleTime: 60_000,
});

export async function saveProfile(change: ProfileChange) {
  const profile = await changeProfile(change);
  queryClient.setQueryData(profileQuery.queryKey, profile);
  updateUser(profile);
}
