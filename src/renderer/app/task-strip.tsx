import { CheckCircleFilled, CloseCircleFilled, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Task } from '#shared/contract/tasks.ts'
import { useApp, useClient } from '../lib/feature-store.tsx'
import { TASK_WORDS } from '../ui/words/tasks.ts'
import { shownTasks } from './shown-tasks.ts'
import styles from './task-strip.module.css'

/** Long work of the desk below the bar: how far it is and how to stop it; what came of it until somebody has read it. */
export function TaskStrip({ atCounter }: { atCounter: boolean }) {
  const tasks = useApp((state) => state.tasks)
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const shown = shownTasks(tasks, { atCounter, read })
  return (
    <div className={styles.strip} role="status" data-empty={shown.length === 0} data-testid="task-strip">
      {shown.map((task) =>
        task.state === 'running' ? (
          <RunningTask key={task.id} task={task} />
        ) : (
          <EndedTask key={task.id} task={task} onRead={() => setRead((before) => new Set(before).add(task.id))} />
        ),
      )}
    </div>
  )
}

function RunningTask({ task }: { task: Task }) {
  const client = useClient()
  const [requestId] = useState(() => crypto.randomUUID())
  // What cannot stop in the middle of a step goes on for a while: the button says that it was heard.
  const [asked, setAsked] = useState(false)
  const cancel = () => {
    setAsked(true)
    void client.call('tasks.cancel', { requestId, taskId: task.id })
  }
  return (
    <div className={styles.task} data-task={task.kind} data-state={task.state}>
      正在{TASK_WORDS[task.kind]}
      {task.total === null ? (
        <span className={styles.count}>已处理 {task.done}</span>
      ) : (
        <>
          <progress className={styles.progress} aria-label={TASK_WORDS[task.kind]} max={100} value={percentOf(task)} />
          <span className={styles.count}>{percentOf(task)}%</span>
        </>
      )}
      <Button size="small" disabled={asked} onClick={cancel} data-testid="task-cancel">
        {asked ? '正在停下' : '取消'}
      </Button>
    </div>
  )
}

const ENDED_ICONS = {
  done: <CheckCircleFilled aria-hidden />,
  failed: <CloseCircleFilled aria-hidden />,
  cancelled: <StopOutlined aria-hidden />,
} as const

function EndedTask({ task, onRead }: { task: Task; onRead: () => void }) {
  return (
    <div className={styles.task} data-task={task.kind} data-state={task.state}>
      <span className={styles.words}>
        {task.state !== 'running' && ENDED_ICONS[task.state]}{' '}
        {task.state === 'cancelled' && `${TASK_WORDS[task.kind]}：`}
        {task.words}
      </span>
      <Button size="small" onClick={onRead} data-testid="task-read">
        知道了
      </Button>
    </div>
  )
}

function percentOf({ done, total }: Task): number {
  return total === null || total === 0 ? 0 : Math.floor((done / total) * 100)
}
