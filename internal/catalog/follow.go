package catalog

import "context"

// follower hands results over while the run goes on, in the order of the sources,
// so that writing outputs does not begin when the assessing ends.
type follower struct {
	frames chan []byte
	done   chan struct{}
}

// followed is how many frames may wait to be handed over. More do not make it
// faster, they only wait.
const followed = 8

// follow calls fn with every result of the frames that it is given. An error of fn
// ends the run.
func (j *Journal) follow(fn func(*Result) error, cancel context.CancelCauseFunc) *follower {
	f := &follower{make(chan []byte, followed), make(chan struct{})}
	go func() {
		defer close(f.done)
		b := batches{decoder: decoder{catalogue: j.catalogue}}
		var results []byte
		var err error
		for frame := range f.frames {
			if err != nil {
				continue // nobody is left to wait
			}
			if results, err = unpack([frameHead]byte(frame), frame[frameHead:], results); err == nil {
				err = b.each(results, fn)
			}
			if err != nil {
				cancel(err)
			}
		}
	}()
	return f
}

// give hands the results of a frame over, unless the run ends before.
func (f *follower) give(ctx context.Context, frame []byte) {
	if f == nil {
		return
	}
	select {
	case f.frames <- frame:
	case <-ctx.Done():
	}
}

// close waits until all results have been handed over.
func (f *follower) close() {
	if f != nil {
		close(f.frames)
		<-f.done
	}
}
