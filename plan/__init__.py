"""The plan as data (甬政办发〔2021〕60号): plain typed Python that imports nothing else of the project."""
