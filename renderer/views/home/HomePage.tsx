import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function HomePage() {
  return <PageHeader title="HomePage" />;
}
