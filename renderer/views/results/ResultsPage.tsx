import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function ResultsPage() {
  return <PageHeader title="ResultsPage" />;
}
