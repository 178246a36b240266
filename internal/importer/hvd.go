package importer

import "strings"

// hvdCategory is the category of high-value datasets that a code of the EU's
// list belongs to, or empty. The list has six categories and more narrow terms
// below them.
func hvdCategory(raw string) string {
	code := strings.ToLower(lastSegment(raw))
	for category, codes := range hvdCodes {
		if strings.Contains(codes, code) && strings.HasPrefix(code, "c_") && len(code) == len("c_ac64a52d") {
			return category
		}
	}
	// The names that the Finnish portal has for them.
	switch code {
	case "geospatial", "meteorological", "statistics", "mobility":
		return code
	case "companies-and-company-ownership":
		return "companies"
	case "earth-observation-and-environment":
		return "earth_observation_environment"
	}
	return ""
}

// hvdCodes are the codes of http://data.europa.eu/bna/ by category, as
// Implementing Regulation (EU) 2023/138 groups them; the code of the category
// itself stands first.
var hvdCodes = map[string]string{
	"geospatial": "c_ac64a52d c_60182062 c_642643e6 c_6a3f6896 c_6c2bb82d c_9427236f c_c3de25e4 c_fbd2fc3f ",
	"earth_observation_environment": "c_dd313021 c_06b1eec4 c_315692ad c_38933a65 c_43f88346 c_4ba9548e c_4d63300b c_4dd389c5 c_59c93ba5 " +
		"c_59e64dd4 c_63b37dd4 c_63be22bd c_793164b6 c_7b8fbb64 c_83aa10a6 c_87a129d9 c_91185a85 c_ad9ae929 " +
		"c_af646f5b c_b21e1296 c_b40e6d46 c_b7de66cd c_b7f6a4f3 c_c3919aec c_c873f344 c_e3f55603 c_e4358335 " +
		"c_f399050e ",
	"meteorological": "c_164e0bf5 c_13e3cf16 c_36807466 c_3af3368c c_be47b010 c_d13a4420 ",
	"statistics": "c_e1da4e07 c_04bf94a3 c_20cd11bb c_23385471 c_2aed31f9 c_317b9493 c_34abf8c1 c_424bb0b4 c_4ac557e7 " +
		"c_4acb6bf3 c_59627af3 c_6a7250c1 c_92874eb2 c_95da87c7 c_a2c6dcd8 c_a3767648 c_a49ec591 c_a8b937c4 " +
		"c_b72b721f c_c0022235 c_dd8f4797 c_f2b50efd c_fd4e881c ",
	"companies": "c_a9135398 c_56a1bf47 c_8f0fac04 ",
	"mobility": "c_b79e35eb c_03ba8d92 c_1226dc1a c_1e787364 c_2037ada4 c_25f43866 c_298ffb73 c_3e8e3bf7 c_407951ff " +
		"c_4b74ea13 c_593bc53d c_664c9e5a c_66b946cb c_7e19ef26 c_883d0205 c_99bc517f c_9cbe4435 c_b121e2f6 " +
		"c_b151a0ba c_b24028d7 c_bc8941d9 c_c19af83a c_e50004c6 c_e5f69a04 c_f6886b00 c_f76b01e6 c_fa2a1c3a " +
		"c_fef208ab ",
}

// hvd reads the category of a high-value dataset.
func (r *record) hvd(raw, property string) {
	if category := hvdCategory(raw); category != "" {
		r.set("dataset.hvdCategory", category, origin{property, raw})
	} else {
		r.note(codeValue, origin{property, raw})
	}
}
