import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export interface LocalListener {
  readonly tcpPort: number;
  readonly udpPort: number;
  /** Connections and datagrams that came, in words. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

/** Listens on this computer and notes everything that comes: what a window that tries to call out would reach. */
export async function listenLocally(): Promise<LocalListener> {
  const heard: string[] = [];
  const tcp = createServer((socket) => {
    heard.push('a TCP connection');
    socket.on('error', () => undefined); // the caller may end it as it likes
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nset-cookie: seen=1\r\naccess-control-allow-origin: *\r\n\r\n');
  });
  const udp = createSocket('udp4', () => void heard.push('a UDP datagram'));
  tcp.listen(0, '127.0.0.1');
  udp.bind(0, '127.0.0.1');
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
  return {
    tcpPort: (tcp.address() as AddressInfo).port, // a TCP server has an address with a port
    udpPort: udp.address().port,
    heard,
    async close() {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}
