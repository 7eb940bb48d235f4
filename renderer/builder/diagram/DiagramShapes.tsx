import type { Picture } from '#renderer/builder/diagram/shapes.ts';

/** The picture on the screen, shape by shape as in the file. */
export const DiagramShapes = ({ shapes }: Pick<Picture, 'shapes'>) =>
  shapes.map((shape, k) => {
    switch (shape.kind) {
      case 'rect':
        return (
          <rect
            key={k}
            x={shape.x}
            y={shape.y}
            width={shape.width}
            height={shape.height}
            rx={shape.radius}
            fill={shape.fill}
            fillOpacity={shape.opacity}
            stroke={shape.stroke}
            strokeWidth={shape.strokeWidth}
            strokeDasharray={shape.dash}
          />
        );
      case 'line':
        return (
          <path
            key={k}
            d={shape.d}
            fill="none"
            stroke={shape.stroke}
            strokeWidth={shape.strokeWidth}
            strokeDasharray={shape.dash}
            strokeLinecap="round"
          />
        );
      case 'icon':
        return (
          <path
            key={k}
            d={shape.d}
            fill={shape.fill}
            transform={`translate(${shape.x} ${shape.y}) scale(${shape.size / 24})`}
          />
        );
      case 'text':
        return (
          <text
            key={k}
            x={shape.x}
            y={shape.y}
            fontSize={shape.size}
            fontWeight={shape.weight}
            fill={shape.fill}
            textAnchor={shape.anchor}
          >
            {shape.text}
          </text>
        );
    }
  });
