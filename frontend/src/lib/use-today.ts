import { useEffect, useState } from "react";

const midnight = (daysFrom: number) => {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysFrom);
};

/// The present day's beginning, and the next one's once it has come.
export function useToday(): Date {
  const [today, setToday] = useState(() => midnight(0));
  useEffect(() => {
    const timer = setTimeout(() => setToday(midnight(0)), midnight(1).getTime() - Date.now() + 1_000);
    return () => clearTimeout(timer);
  });
  return today;
}
