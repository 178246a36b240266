package assessment

// Evidence is what was measured in a data file and how the description stands
// beside it. It holds counts and names of columns, never what stands in a cell.
type Evidence struct {
	Tool string `json:"tool"`
	// MeasuredAt is the time of the measurement.
	MeasuredAt string `json:"measuredAt"`
	File       string `json:"file"`
	Digest     string `json:"digest"`
	Rows       int    `json:"rows"`
	// Claims are the statements that the file could be asked about, those that it
	// contradicts first.
	Claims []Claim `json:"claims"`
	// Findings are the kinds of values that were found.
	Findings []MeasuredFinding `json:"findings"`
	// Groups are the records that look alike, by what somebody may know.
	Groups []MeasuredGroup `json:"groups"`
	// Tracks say how few events single a person out, in a sample of persons and
	// events; TrackColumns are the columns of the events.
	Tracks       []MeasuredTrack `json:"tracks"`
	TrackColumns []string        `json:"trackColumns"`
	// Sensitive is what the groups tell of sensitive columns.
	Sensitive []MeasuredSensitive `json:"sensitive"`
	// Contributions are the columns that make records stand out, the one with the
	// largest share first, counted on ContributionRows records.
	Contributions    []MeasuredContribution `json:"contributions"`
	ContributionRows int                    `json:"contributionRows"`
	// Twins are columns that say the same, so that changing one alone helps nothing.
	Twins [][]string `json:"twins"`
	// Plans are sets of changes that reach the group size asked for, the proposed
	// one first; one that is alone may not reach it.
	Plans []MeasuredPlan `json:"plans"`
	// Changes are changes tried on the data, those of the proposed plan first.
	Changes []MeasuredChange `json:"changes"`
	// Cells are the small counts of a table of counts, Totals what the totals of a
	// table of figures give away, and Dominance its sums that rest on a few.
	Cells     []MeasuredCells     `json:"cells"`
	Totals    *MeasuredTotals     `json:"totals,omitempty"`
	Dominance []MeasuredDominance `json:"dominance"`
	// Limits are reasons why something is not known, as codes of the field
	// evidence.limits.
	Limits []string `json:"limits"`
	// JudgedBy are the parameters of the policy by which the file was measured. Those of
	// the assessment may have other values.
	JudgedBy []MeasuredParam `json:"judgedBy"`
}

// MeasuredParam is a parameter of the policy with the value that it had in the
// measurement.
type MeasuredParam struct {
	Param string  `json:"param"`
	Value float64 `json:"value"`
}

// Claim is a statement beside its measured counterpart.
type Claim struct {
	// Field is the path of the field.
	Field string `json:"field"`
	// Stated is what the description says, Measured what the file shows; one of
	// them may be empty.
	Stated   string `json:"stated,omitempty"`
	Measured string `json:"measured,omitempty"`
	// Columns are those that show the measured value.
	Columns []string `json:"columns,omitempty"`
	// Result is agreed, contradicted, untestable (the file says nothing of it) or
	// unstated (the description says nothing of it). The more cautious of the two
	// values counts.
	Result string `json:"result"`
}

// MeasuredFinding is a kind of value found in a column.
type MeasuredFinding struct {
	// Column is empty for cells that belong to none.
	Column string `json:"column,omitempty"`
	// Kind and Verdict are values of evidence.findings[].kind and verdict.
	Kind    string `json:"kind"`
	Verdict string `json:"verdict"`
	// Count is the number of valid values.
	Count int `json:"count"`
}

// MeasuredGroup is a set of columns that somebody may know, and the smallest
// group of records that look alike in it.
type MeasuredGroup struct {
	// Scenario is the id of a scenario of checklists/evidence.yaml.
	Scenario string   `json:"scenario"`
	Columns  []string `json:"columns"`
	// K is the size of the smallest group, Unique the number of records alone.
	K      int `json:"k"`
	Unique int `json:"unique"`
	// Expected is about how many records of a sample would rightly be recognised in
	// the population; absent when the file is the population.
	Expected *float64 `json:"expected,omitempty"`
}

// MeasuredSensitive is what groups tell of a sensitive column.
type MeasuredSensitive struct {
	Column string `json:"column"`
	// Same is the number of records in groups of several that all have the same
	// value; T the largest distance of a group from the whole, 0 to 1, with the
	// order of numbers where there is one.
	Same int     `json:"same"`
	T    float64 `json:"t"`
}

// MeasuredContribution is the share of a column in what makes records stand out,
// 0 to 1; shares add up to more than 1.
type MeasuredContribution struct {
	Column string  `json:"column"`
	Share  float64 `json:"share"`
}

// MeasuredChange is a change tried on the data.
type MeasuredChange struct {
	// Change is the id of a recoding of checklists/evidence.yaml.
	Change  string   `json:"change"`
	Columns []string `json:"columns"`
	// K and Unique are what the groups would be afterwards; for a change of the
	// plan, after the whole plan.
	K       int  `json:"k"`
	Unique  int  `json:"unique"`
	Planned bool `json:"planned"`
	// Plan is the id of the plan that the change belongs to, With are the columns
	// that say the same and are dropped with it.
	Plan string   `json:"plan,omitempty"`
	With []string `json:"with,omitempty"`
	// TrackShare is the share of persons whom their events would still single out;
	// absent when the change does not concern it.
	TrackShare *float64 `json:"trackShare,omitempty"`
}

// MeasuredPlan is a set of changes and what it costs.
type MeasuredPlan struct {
	// Plan is the id of a way of planning of checklists/evidence.yaml.
	Plan string `json:"plan"`
	// K is the smallest group afterwards, Reached whether it is as large as asked.
	K       int  `json:"k"`
	Reached bool `json:"reached"`
	// Coarser and Dropped are numbers of columns, Removed is how many rows are taken
	// out, Groups how many groups can still be told apart.
	Coarser int `json:"coarser"`
	Dropped int `json:"dropped"`
	Removed int `json:"removed"`
	Groups  int `json:"groups"`
}

// MeasuredTrack is how many persons so many of their own points single out.
type MeasuredTrack struct {
	Points int `json:"points"`
	// Drawn is the number of persons drawn, Share the share singled out, 0 to 1.
	Drawn int     `json:"drawn"`
	Share float64 `json:"share"`
}

// MeasuredCells are the counts of a column of counts.
type MeasuredCells struct {
	Column string `json:"column"`
	// Smallest is the smallest count above 0, at most one more than the limits that it
	// is held against, and than 20: 21 may stand for more. Below5 is the number
	// of cells with counts from 1 to 4, Hidden that of cells without a count.
	Smallest int `json:"smallest"`
	Below5   int `json:"below5"`
	Hidden   int `json:"hidden"`
}

// MeasuredTotals is what the totals of a table of figures give away.
type MeasuredTotals struct {
	// Columns are those with a value for the total of the others.
	Columns []string `json:"columns"`
	// Hidden is the number of cells without a figure, Recoverable how many of them
	// can be worked out, LeftOut how many that have no row in the file can.
	Hidden      int `json:"hidden"`
	Recoverable int `json:"recoverable"`
	LeftOut     int `json:"leftOut"`
}

// MeasuredDominance is how far the sums of a column rest on a few contributors.
type MeasuredDominance struct {
	Column string `json:"column"`
	// Contributors is the column that tells contributors apart or counts them, By
	// are those that tell the cells apart.
	Contributors string   `json:"contributors"`
	By           []string `json:"by"`
	// Cells is the number of cells with a sum, Unsafe how many of them a rule calls
	// unsafe.
	Cells  int `json:"cells"`
	Unsafe int `json:"unsafe"`
}
