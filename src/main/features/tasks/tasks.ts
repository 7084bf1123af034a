import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { TaskBoard } from '#main/tasks/task-board.ts'
import { ok } from '#shared/domain/result.ts'

/** What a window may ask of the desk's long work. */
export function taskHandlers(tasks: TaskBoard): Pick<Handlers, 'tasks.list' | 'tasks.cancel'> {
  return {
    'tasks.list': () => ok({ tasks: [...tasks.list()] }),
    'tasks.cancel': ({ taskId }) => ok({ asked: tasks.cancel(taskId) }),
  }
}
