package evidence

import "sync"

// numbers are the values of all columns that have a dictionary as numbers, block
// by block. They are kept when the file is read, so that it need not be read
// again for the columns that are taken together, and given up when they take too
// much memory.
type numbers struct {
	mu sync.Mutex
	// blocks are by their place in the file; nil when they were given up.
	blocks []blockNumbers
	// left is how many bytes more may be kept.
	left int64
	// final has for each column and worker the numbers in the dictionary of the whole
	// column.
	final [][][]uint16
}

// blockNumbers are the numbers of one block, of the dictionaries of a worker.
type blockNumbers struct {
	worker  int
	columns []packed
}

// packed are numbers in one byte each, or two where one is too few.
type packed struct {
	one []uint8
	two []uint16
}

// pack keeps numbers, of which there are so many different ones at most.
func pack(numbers []uint16, different int) packed {
	if different > 1<<8 {
		return packed{two: append([]uint16(nil), numbers...)}
	}
	one := make([]uint8, len(numbers))
	for i, n := range numbers {
		one[i] = uint8(n)
	}
	return packed{one: one}
}

func (p packed) bytes() int64 { return int64(len(p.one) + 2*len(p.two)) }

// keep keeps the numbers of a block, unless they were given up before.
func (k *numbers) keep(seq int, b blockNumbers) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.left < 0 {
		return
	}
	for _, c := range b.columns {
		k.left -= c.bytes()
	}
	if k.left < 0 {
		k.blocks = nil
		return
	}
	for len(k.blocks) <= seq {
		k.blocks = append(k.blocks, blockNumbers{})
	}
	k.blocks[seq] = b
}

// codes are the codes of a column in a block: the numbers of its values in the
// dictionary of the whole column. ok is false when they were not kept.
func (k *numbers) codes(seq, column int) (out []uint32, ok bool) {
	if seq >= len(k.blocks) || k.final[column] == nil {
		return nil, false
	}
	b := k.blocks[seq]
	final := k.final[column][b.worker]
	p := b.columns[column]
	out = make([]uint32, len(p.one)+len(p.two))
	for i, n := range p.one {
		out[i] = uint32(final[n])
	}
	for i, n := range p.two {
		out[i] = uint32(final[n])
	}
	return out, true
}

// forget lets go of a block that is of no further use.
func (k *numbers) forget(seq int) {
	if seq < len(k.blocks) {
		k.blocks[seq] = blockNumbers{}
	}
}
