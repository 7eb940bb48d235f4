import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function PredictPage() {
  return <PageHeader title="PredictPage" />;
}
