import { useQuery } from '@tanstack/react-query';
import { sessionKey } from '../server/client.ts';

/** The name under which the person changes things; undefined before the session is open. */
export function useUser(): string | undefined {
  const { data } = useQuery<{ user: string } | null>({ queryKey: sessionKey, enabled: false });
  return data?.user;
}
