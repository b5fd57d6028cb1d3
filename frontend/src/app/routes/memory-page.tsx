import { Memories } from "@/features/memory/memories";

export function MemoryPage() {
  return <Memories />;
}
