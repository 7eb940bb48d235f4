import { expect, test } from 'vitest';
// @ts-expect-error A build script, without types.
import * as script from '../../../build/scripts/lib/networkTrace.mjs';

interface Report {
  readonly calls: number;
  readonly loopback: Readonly<Record<string, number>>;
  readonly attempts: readonly { readonly program: string; readonly call: string }[];
}
const { readNetworkTrace } = script as { readNetworkTrace: (lines: readonly string[]) => Report };

const HARMLESS = [
  '12<node> socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 21',
  '12<node> connect(21, {sa_family=AF_INET, sin_port=htons(35071), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS',
  '12<node> bind(21, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
  '30<electron> connect(5, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X99"}, 20) = 0',
  '30<electron> socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 9',
  '30<electron> bind(9, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0',
  '30<electron> <... connect resumed>) = 0',
  '30<electron> sendto(9, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20',
];

test('what stays on this computer is counted by program, and is no attempt', () => {
  const report = readNetworkTrace(HARMLESS);
  expect(report.attempts).toEqual([]);
  expect(report.loopback).toEqual({ node: 1 });
  expect(report.calls).toBe(7);
});

test.each([
  [
    'a connection',
    '7<NetworkService> connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 ENETUNREACH',
  ],
  [
    'one over IPv6',
    '7<x> connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::8888", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH',
  ],
  [
    'a datagram',
    '7<x> sendto(3, "a", 1, 0, {sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("224.0.0.251")}, 16) = 1',
  ],
  [
    'a look-up of a name, even at this computer',
    '7<x> connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
  ],
  ['a port open to all', '7<x> bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("0.0.0.0")}, 16) = 0'],
  ['a raw socket', '7<x> socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 3'],
  [
    'a thread with a strange name',
    '7<a> b> c> connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = 0',
  ],
])('%s is an attempt, told once', (_, line) => {
  expect(readNetworkTrace([...HARMLESS, line, line]).attempts).toHaveLength(1);
});
