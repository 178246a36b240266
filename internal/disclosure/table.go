// Package disclosure measures the risk that somebody is recognised in a data
// file: equivalence classes and k, diversity and closeness of sensitive
// columns, what a sample says of a population, the columns that identify most,
// small and dominated cells of tables, how unique the tracks in event data are,
// and what a coarser version would change.
//
// It sees codes instead of values (see Codes), and numbers where a measure is a
// sum. So no result can hold a cell value or anything computed from the letters
// of one. It has no thresholds either: where a limit is wanted, the caller gives
// it, and the figures are judged elsewhere.
//
// Every figure carries a Basis. The figures do not depend on the order of rows
// or columns, on how values were numbered, or on the number of workers.
package disclosure

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Basis says how a figure came about.
type Basis string

const (
	// Exact figures are counted on every row.
	Exact Basis = "exact"
	// Estimate figures infer something about rows that are not in the file.
	Estimate Basis = "estimate"
	// Sample figures are counted on a part of the rows or entities.
	Sample Basis = "sample"
)

// Column is one column of the file. Its name is used to select it, and to put
// results in an order; names are unique within a table.
type Column struct {
	Name  string
	Codes *Codes
}

// Table is the coded columns of one file. It is not changed by measuring, and
// can be measured from several goroutines at once.
type Table struct {
	// Workers is how many goroutines a measurement may use; 0 is one for each
	// processor.
	Workers int
	// Memory is what one measurement may take in bytes, beside the codes
	// themselves; 0 is no limit. With little memory fewer workers are used. Where
	// not even one worker fits, or codes are on disk, class sizes are counted with
	// a Spill; what cannot be had that way fails with a MemoryError.
	Memory int64
	// Entity is the column that tells persons or other entities apart, or empty. With
	// it WhatIf, Plan and Combinations count classes in entities instead of records;
	// the codes must be in memory then.
	Entity string
	// Scratch is the folder to make temporary folders in; the system's when empty.
	Scratch string

	rows    int
	columns []Column
	index   map[string]int
}

// maxRows is what a row number of 32 bits holds. Products of two counts must
// stay within 63 bits.
const maxRows = 1 << 31

// Errors of a table and of the columns asked for.
var (
	ErrColumnName   = errors.New("two columns have the same name")
	ErrColumnLength = errors.New("columns of different lengths")
	ErrTooManyRows  = errors.New("more rows than can be numbered")
	ErrNoColumn     = errors.New("no such column")
	ErrNoRows       = errors.New("no rows")
	ErrRank         = errors.New("an order gives each code a different place")
)

// MemoryError says that a measurement does not fit into Table.Memory, or needs
// codes in memory that are on disk.
type MemoryError struct {
	// Need and Limit are in bytes.
	Need, Limit int64
}

func (e *MemoryError) Error() string {
	return fmt.Sprintf("needs %d bytes of memory, %d are allowed", e.Need, e.Limit)
}

// NewTable puts columns together. They must have the same number of rows, below
// 2^31, and different names.
func NewTable(columns ...Column) (*Table, error) {
	t := &Table{columns: columns, index: make(map[string]int, len(columns))}
	for i, c := range columns {
		if _, ok := t.index[c.Name]; ok {
			return nil, fmt.Errorf("%w: %q", ErrColumnName, c.Name)
		}
		t.index[c.Name] = i
		if i == 0 {
			t.rows = c.Codes.Len()
		}
		if c.Codes.err != nil {
			return nil, fmt.Errorf("codes of %q: %w", c.Name, c.Codes.err)
		}
		if c.Codes.Len() != t.rows {
			return nil, fmt.Errorf("%w: %q has %d rows, %q has %d", ErrColumnLength, columns[0].Name, t.rows, c.Name, c.Codes.Len())
		}
	}
	if t.rows >= maxRows {
		return nil, fmt.Errorf("%w: %d", ErrTooManyRows, t.rows)
	}
	return t, nil
}

// Rows is the number of rows.
func (t *Table) Rows() int { return t.rows }

// Columns are the names of the columns, in the order given.
func (t *Table) Columns() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.Name
	}
	return names
}

// selected finds columns by name; one that is named twice is taken once.
func (t *Table) selected(names []string) ([]*Codes, error) {
	if t.rows == 0 {
		return nil, ErrNoRows
	}
	seen := make(map[int]bool, len(names))
	out := make([]*Codes, 0, len(names))
	for _, n := range names {
		i, ok := t.index[n]
		if !ok {
			return nil, fmt.Errorf("%w: %q", ErrNoColumn, n)
		}
		if !seen[i] {
			seen[i] = true
			out = append(out, t.columns[i].Codes)
		}
	}
	return out, nil
}

// workers is how many workers of a size in bytes can be used for a number of
// jobs.
func (t *Table) workers(jobs int, each int64) (int, error) {
	w := t.most(jobs)
	if t.Memory > 0 {
		if each > t.Memory {
			return 0, &MemoryError{Need: each, Limit: t.Memory}
		}
		w = min(w, int(t.Memory/max(each, 1)))
	}
	return max(1, w), nil
}

// most is how many workers can be used for a number of jobs whatever they need.
func (t *Table) most(jobs int) int {
	w := t.Workers
	if w <= 0 {
		w = runtime.GOMAXPROCS(0)
	}
	return max(1, min(w, jobs))
}

// parallel runs jobs 0 to n-1 on a number of workers. state makes what a worker
// keeps from job to job. The first error stops the others. A panic is passed on
// to the caller, which may have to keep it from being printed.
func parallel[S any](ctx context.Context, workers, n int, state func() S, job func(ctx context.Context, s S, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var group sync.WaitGroup
	var panicked atomic.Pointer[any]
	for range workers {
		group.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panicked.Store(&p)
					cancel(context.Canceled)
				}
			}()
			s := state()
			for i := range next {
				if err := job(ctx, s, i); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	group.Wait()
	if p := panicked.Load(); p != nil {
		panic(*p)
	}
	return context.Cause(ctx)
}

// permutation checks that rank holds each of 0 to n-1 once.
func permutation(column string, rank []uint32, n int) error {
	seen := make([]bool, n)
	for _, r := range rank {
		if int(r) >= n || seen[r] {
			return fmt.Errorf("%w: %q", ErrRank, column)
		}
		seen[r] = true
	}
	if len(rank) != n {
		return fmt.Errorf("%w: %q", ErrRank, column)
	}
	return nil
}
