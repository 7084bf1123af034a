import { Button } from 'antd'
import { useState } from 'react'
import type { Task } from '#shared/contract/tasks.ts'
import { useApp, useClient } from '../lib/feature-store.tsx'
import { TASK_WORDS } from '../ui/words/tasks.ts'
import styles from './task-strip.module.css'

/** Long work of the desk below the bar: how far it is and how to stop it; what came of it until somebody has read it. */
export function TaskStrip() {
  const tasks = useApp((state) => state.tasks)
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const shown = tasks.filter(({ id, state, words }) => state === 'running' || (words !== null && !read.has(id)))
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
  const cancel = () => void client.call('tasks.cancel', { requestId, taskId: task.id })
  return (
    <div className={styles.task} data-task={task.kind} data-state={task.state}>
      {TASK_WORDS[task.kind]}
      {task.total === null ? (
        <span className={styles.count}>已处理 {task.done}</span>
      ) : (
        <>
          <progress className={styles.progress} aria-label={TASK_WORDS[task.kind]} max={100} value={percentOf(task)} />
          <span className={styles.count}>{percentOf(task)}%</span>
        </>
      )}
      <Button size="small" onClick={cancel} data-testid="task-cancel">
        取消
      </Button>
    </div>
  )
}

function EndedTask({ task, onRead }: { task: Task; onRead: () => void }) {
  return (
    <div className={styles.task} data-task={task.kind} data-state={task.state}>
      <span className={styles.words}>{task.words}</span>
      <Button size="small" onClick={onRead}>
        知道了
      </Button>
    </div>
  )
}

function percentOf({ done, total }: Task): number {
  return total === null || total === 0 ? 0 : Math.floor((done / total) * 100)
}
