/**
 * Reads what strace wrote about network calls (`-f -Y -e trace=socket,connect,sendto,sendmsg,sendmmsg,bind`), and tells
 * which of them went, or wanted to go, beyond this computer.
 */

/**
 * @param {Iterable<string>} lines
 * @returns {{calls: number, loopback: Record<string, number>, attempts: {program: string, call: string}[]}} loopback:
 *   connections within this computer by program; attempts: everything else, each different one once
 */
export function readNetworkTrace(lines) {
  let calls = 0;
  const loopback = {};
  const attempts = new Map();
  for (const line of lines) {
    const found = CALL.exec(line);
    if (found === null) continue;
    calls++;
    const [, program, name, rest] = found;
    // Only addresses of the internet: the kernel's own sockets and those of the file system lead nowhere else.
    const goes = /sa_family=AF_INET6?/.test(rest);
    const raw = name === 'socket' && /AF_PACKET|SOCK_RAW/.test(rest) && !/AF_NETLINK/.test(rest);
    if (!goes && !raw) continue;
    if (raw || asksForNames(rest) || !staysHere(rest))
      attempts.set(`${program} ${name}(${rest}`, { program, call: `${name}(${rest}` });
    else if (name === 'connect') loopback[program] = (loopback[program] ?? 0) + 1;
  }
  return { calls, loopback, attempts: [...attempts.values()] };
}

/** `1234<node> connect(21, {sa_family=AF_INET, …}, 16) = 0`; resumed halves have no address. */
const CALL = /^\d+<(.*?)>\s+(socket|connect|sendto|sendmsg|sendmmsg|bind)\((.*)$/;

const asksForNames = (call) => /sin6?_port=htons\(53\)/.test(call);

/** Every address in the call is this computer's own; binding to all of its addresses at a port of no choice is not. */
function staysHere(call) {
  const addresses = [...call.matchAll(/inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/g)].map(
    ([, v4, v6]) => v4 ?? v6,
  );
  return addresses.length > 0 && addresses.every((address) => /^(127\.|::1$|::ffff:127\.)/.test(address));
}
