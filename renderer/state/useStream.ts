import { useEffect, useRef } from 'react';
import type { StreamName, StreamValue } from '#core/contract/contract.ts';
import { subscribe } from '#renderer/bridge/api.ts';

/** Listens to a stream while the component is mounted; a new listener function needs no new subscription. */
export function useStream<N extends StreamName>(name: N, listener: (value: StreamValue<N>) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      subscribe(name, (value) => {
        latest.current(value);
      }),
    [name],
  );
}
