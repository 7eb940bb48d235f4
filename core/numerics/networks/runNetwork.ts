import { neverCancelled } from '#core/base/cancellation.ts';
import { withRoom } from '#core/kernels/withRoom.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { network, networkDoubles, type NetworkForm } from '#core/numerics/networks/network.ts';

/** Results of the last layer for every row of x (n × p → n × outputs). A row's result does not depend on the others. */
export function runNetwork(form: NetworkForm, parameters: Float64Array, x: Matrix): Matrix {
  const { layers, stride } = form.shape;
  const outputs = layers[layers.length - 1].units;
  const out = zeros(x.rows, outputs);
  const batch = Math.min(TOGETHER, x.rows);
  if (batch === 0) return out;
  withRoom(networkDoubles(form, batch), (room) => {
    const net = network(room, form, batch, neverCancelled);
    net.parameters.set(parameters);
    for (let from = 0; from < x.rows; from += batch) {
      const rows = Math.min(batch, x.rows - from);
      for (let i = 0; i < rows; i++)
        net.input.set(x.data.subarray((from + i) * x.cols, (from + i + 1) * x.cols), i * stride);
      net.forward(rows);
      out.data.set(net.output.subarray(0, rows * outputs), from * outputs);
    }
  });
  return out;
}

const TOGETHER = 96;
